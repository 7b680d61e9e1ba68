//===- Fold.cpp -----------------------------------------------------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "summary/Fold.h"
#include "llvm/ADT/Hashing.h"
#include <unordered_map>

namespace heddle::summary {

bool isExposedAt(const PathNode &Node, const Event &E) {
  return E.IsExposed && !Node.Before->touched(E.Obj);
}

Outcome outcomeOf(const ir::Unit &U, const PathGraph &G, const PathNode &Node) {
  const PathState &S = *Node.Before;
  const ir::Function &F = U.function(G.Func);
  const ir::Terminator &T = F.Blocks[Node.Block.index()].Term;
  Outcome O;
  O.Kind = Node.Exit;
  O.Loc = Node.Exit == ExitKind::Return && S.LeftAt.isValid()
              ? S.LeftAt
              : G.locationOf(U, Node);
  O.IsCertain = S.IsCertain;
  O.Kept = S.Held;
  O.Released = S.Released;
  O.Waited = S.Waited;
  O.Live = S.Live;
  O.Owed = Node.Owed;
  O.Settled = S.Settled;
  O.Guards = S.Guards;
  O.GuardUses = S.GuardUses;
  O.Requires = S.Requires;
  for (ObjId Place : S.WasSet)
    O.Leaves.emplace_back(Place, S.Numbers.get(Place));
  for (const auto &[Place, To] : S.Bindings)
    if (U.object(Place).Kind == ir::ObjectKind::Field && U.root(Place) != Place)
      O.Bindings.emplace_back(Place, To);
  for (const CounterState &C : S.Counters) {
    if (S.isUnknown(U, C.Counter))
      continue;
    O.Deltas.push_back({C.Counter, C.Delta});
    O.Pending.push_back({C.Counter, C.Pending});
  }
  if (Node.Exit == ExitKind::Return && T.K == ir::Terminator::Kind::Return) {
    O.Value = T.Value;
    ObjId Place = O.Value.K == ir::Operand::Kind::Place ? O.Value.Obj : ObjId();
    if (O.Value.K == ir::Operand::Kind::Value || Place) {
      Interval V = S.Numbers.eval(Place ? ir::Expr::var(Place) : O.Value.Value);
      if (V.isExact())
        O.Value = ir::Operand::value(ir::Expr::integer(V.Lo));
      else if (!Place)
        O.Value = ir::Operand::none();
    }
    if (O.Value.K == ir::Operand::Kind::Place)
      if (const ir::Operand *B = S.binding(O.Value.Obj))
        O.Value = *B;
  }
  // Where an exception started says more than where it leaves.
  if (Node.Exit == ExitKind::Throw)
    for (unsigned At = Node.Pred; At != PathNode::NoPred;
         At = G.Nodes[At].Pred) {
      const PathNode &N = G.Nodes[At];
      const ir::Block &B = F.Blocks[N.Block.index()];
      if (N.OpIndex == B.Ops.size() &&
          B.Term.K == ir::Terminator::Kind::Throw) {
        O.Loc = B.Term.Loc;
        break;
      }
      if (N.OpIndex < B.Ops.size() && B.Ops[N.OpIndex].Unwind &&
          !B.Ops[N.OpIndex].Deferred) {
        O.Loc = B.Ops[N.OpIndex].Loc;
        break;
      }
    }
  return O;
}

/// Two that leave the same behind, whatever they found.
static bool leaveTheSame(const Outcome &A, const Outcome &B) {
  auto SameValue = [](const ir::Operand &X, const ir::Operand &Y) {
    if (X.K != Y.K || X.Obj != Y.Obj)
      return false;
    return X.K != ir::Operand::Kind::Value || ir::sameShape(X.Value, Y.Value);
  };
  auto SameLocks = [](const auto &X, const auto &Y) {
    return std::equal(X.begin(), X.end(), Y.begin(), Y.end(),
                      [](const HeldLock &L, const HeldLock &R) {
                        return L.Lock == R.Lock && L.How == R.How;
                      });
  };
  return A.Kind == B.Kind && SameValue(A.Value, B.Value) &&
         A.Deltas == B.Deltas && A.Pending == B.Pending &&
         SameLocks(A.Kept, B.Kept) && A.Released == B.Released &&
         A.Waited == B.Waited && A.Live == B.Live && A.Owed == B.Owed &&
         A.Settled == B.Settled && A.Guards == B.Guards &&
         A.GuardUses == B.GuardUses && A.Leaves == B.Leaves &&
         A.Bindings.size() == B.Bindings.size() &&
         std::equal(A.Bindings.begin(), A.Bindings.end(), B.Bindings.begin(),
                    [](const auto &X, const auto &Y) {
                      return X.first == Y.first &&
                             X.second.Obj == Y.second.Obj &&
                             X.second.Fn == Y.second.Fn;
                    });
}

/// What callers can tell apart.
static bool sameEffect(const Outcome &A, const Outcome &B) {
  return A.Requires == B.Requires && leaveTheSame(A, B);
}

/// What was found matters only where it decides what is left behind.
static void dropIdleRequirements(std::vector<Outcome> &Outcomes) {
  for (const Outcome &O : Outcomes)
    if (!leaveTheSame(O, Outcomes[0]))
      return;
  if (Outcomes.empty())
    return;
  bool Certain = false;
  for (const Outcome &O : Outcomes)
    Certain |= O.IsCertain;
  Outcomes.resize(1);
  Outcomes[0].Requires.clear();
  Outcomes[0].IsCertain = Certain;
}

void BoundsReached::add(const BoundsReached &O) {
  Nodes += O.Nodes, States += O.States, Work += O.Work;
  Outcomes += O.Outcomes, Events += O.Events;
  Depth += O.Depth, Walks += O.Walks;
}

/// Two ways lead to one thing: A becomes what holds on either.
static void meetEither(Requirements &A, const Requirements &B) {
  std::erase_if(A, [&](auto &R) {
    auto Other = std::find_if(
        B.begin(), B.end(), [&](const auto &X) { return X.first == R.first; });
    if (Other == B.end())
      return true;
    R.second.Lo = std::min(R.second.Lo, Other->second.Lo);
    R.second.Hi = std::max(R.second.Hi, Other->second.Hi);
    return R.second.isUnknown();
  });
}

Summary fold(const ir::Unit &U, const PathGraph &G, BoundsReached &Reached) {
  Summary S;
  S.IsKnown = true;
  S.Tasks = G.Tasks;
  std::unordered_multimap<size_t, size_t> Index;
  auto AddEvent = [&](Event E) {
    size_t H = llvm::hash_combine(unsigned(E.Kind), std::hash<ObjId>()(E.Obj),
                                  E.Loc.Line, E.Loc.Column, E.IsExposed,
                                  E.Held.size());
    auto [First, Last] = Index.equal_range(H);
    for (; First != Last; ++First) {
      Event &Known = S.Events[First->second];
      if (Known.Kind == E.Kind && Known.Obj == E.Obj && Known.Loc == E.Loc &&
          Known.IsExposed == E.IsExposed && Known.InTask == E.InTask &&
          Known.Held == E.Held && Known.Freed == E.Freed) {
        Known.IsCertain |= E.IsCertain;
        meetEither(Known.Requires, E.Requires);
        return;
      }
    }
    Index.emplace(H, S.Events.size());
    S.Events.push_back(std::move(E));
  };
  for (const PathNode &N : G.Nodes) {
    for (Event E : N.Does) {
      E.IsExposed = isExposedAt(N, E);
      AddEvent(std::move(E));
    }
    if (N.Spawned >= 0)
      for (Event E : G.Tasks[N.Spawned].Events) {
        E.InTask = true;
        AddEvent(std::move(E));
      }
    if (S.Events.size() > MaxEvents) {
      Reached.Events = 1;
      return {};
    }
    if (!N.IsExit)
      continue;
    Outcome O = outcomeOf(U, G, N);
    auto Same =
        std::find_if(S.Outcomes.begin(), S.Outcomes.end(),
                     [&](const Outcome &X) { return sameEffect(X, O); });
    if (Same != S.Outcomes.end())
      Same->IsCertain |= O.IsCertain;
    else if (S.Outcomes.size() < MaxOutcomes)
      S.Outcomes.push_back(std::move(O));
    else
      Reached.Outcomes = 1;
  }
  dropIdleRequirements(S.Outcomes);
  return S;
}

} // namespace heddle::summary
