//===- Summary.cpp --------------------------------------------------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "summary/Summary.h"
#include "summary/CallOrder.h"
#include "summary/Fold.h"
#include "summary/Timeline.h"
#include "summary/Walker.h"

namespace heddle::summary {

/// How deep callables may be handed on before the engine gives up.
static constexpr unsigned MaxSpecialisation = 6;
/// How many specialised walks each unit of a program may take.
static constexpr unsigned MaxSpecialised = 400;

/// Everything that Fn mentions as a target.
template <class Visit>
static void eachCallable(const ir::Op &Op, const Visit &V) {
  if (Op.Fn.isPresent())
    V(Op.Fn);
  auto Operands = [&](const std::vector<ir::Operand> &Args) {
    for (const ir::Operand &A : Args)
      if (A.K == ir::Operand::Kind::Function)
        V(*A.Fn);
  };
  Operands(Op.Fn.Bound);
  Operands(Op.Args);
}

/// What runs in tasks can set values at any time. Functions that are handed
/// around as values may end up in a task too, when anything starts such a one.
/// Where the member is declared that O is, or whose size O is: its own parts
/// that nobody wrote have no place of their own.
static SourceSpan memberOf(const ir::Unit &U, ObjId O) {
  for (; O && U.object(O).Kind == ir::ObjectKind::Field; O = U.object(O).Base)
    if (U.object(O).Loc.isValid())
      return U.object(O).Loc;
  return {};
}

void Summaries::findUnstable() {
  std::vector<FuncId> Todo;
  std::vector<bool> InTask(U.Functions.size());
  auto Enter = [&](const std::vector<FuncId> &Targets) {
    for (FuncId T : Targets)
      if (!InTask[T.index()]) {
        InTask[T.index()] = true;
        Todo.push_back(T);
      }
  };
  std::vector<FuncId> HandedOn;
  bool StartsAny = false;
  for (const ir::Function &F : U.Functions)
    for (const ir::Block &B : F.Blocks)
      for (const ir::Op &Op : B.Ops) {
        if (Op.Kind == ir::OpKind::Spawn) {
          Enter(Op.Fn.Targets);
          StartsAny |= Op.Fn.Targets.empty();
        }
        for (const std::vector<ir::Operand> *Args : {&Op.Args, &Op.Fn.Bound})
          for (const ir::Operand &A : *Args)
            if (A.K == ir::Operand::Kind::Function)
              HandedOn.insert(HandedOn.end(), A.Fn->Targets.begin(),
                              A.Fn->Targets.end());
      }
  if (StartsAny)
    Enter(HandedOn);
  while (!Todo.empty()) {
    FuncId F = Todo.back();
    Todo.pop_back();
    for (const ir::Block &B : U.function(F).Blocks)
      for (const ir::Op &Op : B.Ops) {
        eachCallable(Op, [&](const ir::Callable &C) { Enter(C.Targets); });
        if (Op.Kind != ir::OpKind::Set || !Op.Obj)
          continue;
        if (SourceSpan Member = memberOf(U, Op.Obj); Member.isValid())
          UnstableMembers.insert(Member);
        else if (U.object(Op.Obj).Owner != F)
          Unstable.insert(Op.Obj);
      }
  }
}

void Summaries::findLocksOfConds() {
  for (const ir::Function &F : U.Functions)
    for (const ir::Block &B : F.Blocks)
      for (const ir::Op &Op : B.Ops)
        if (Op.Kind == ir::OpKind::Make && Op.Obj && Op.Other &&
            U.object(Op.Obj).Type == ir::TypeClass::Cond) {
          LockOfCond[Op.Obj] = Op.Other;
          if (U.object(Op.Obj).Kind == ir::ObjectKind::Field)
            LockOfMember[U.object(Op.Obj).Loc] = {Op.Obj, Op.Other};
        }
}

ObjId Summaries::lockOfCond(ObjId Cond) {
  if (auto It = LockOfCond.find(Cond); It != LockOfCond.end())
    return It->second;
  auto It = LockOfMember.find(U.object(Cond).Loc);
  if (It == LockOfMember.end() || U.object(Cond).Kind != ir::ObjectKind::Field)
    return {};
  auto [MadeAs, Lock] = It->second;
  ir::ObjectKind Root = U.object(U.root(Lock)).Kind;
  if (Root == ir::ObjectKind::Global || Root == ir::ObjectKind::Static)
    return Lock;
  ObjId From = U.object(MadeAs).Base;
  for (ObjId At = Lock; At; At = U.object(At).Base)
    if (At == From)
      return rebase(U, Lock, From, U.object(Cond).Base);
  return {};
}

/// As far as F can tell nobody else reaches O: part of a local that no lambda
/// uses, or of what F was given, of which its caller knows better.
bool Summaries::isPrivate(ObjId O, FuncId F) const {
  ObjId Root = U.root(O);
  const ir::Object &R = U.object(Root);
  switch (R.Kind) {
  case ir::ObjectKind::Param:
  case ir::ObjectKind::This:
  case ir::ObjectKind::Temp:
    return R.Owner == F;
  case ir::ObjectKind::Local:
    return R.Owner == F && !R.IsAlias && !Captured.count(Root);
  default:
    return false;
  }
}

bool Summaries::isUnstable(ObjId O, FuncId F) const {
  if (Unstable.count(O))
    return true;
  SourceSpan Member = memberOf(U, O);
  return Member.isValid() && UnstableMembers.count(Member) != 0 &&
         !isPrivate(O, F);
}

void Summaries::findCaptured() {
  for (uint32_t I = 0; I < U.Functions.size(); ++I) {
    auto Use = [&](ObjId O) {
      if (!O)
        return;
      ObjId Root = U.root(O);
      const ir::Object &R = U.object(Root);
      if (R.Kind == ir::ObjectKind::Local && R.Owner != FuncId(I))
        Captured.insert(Root);
    };
    for (const ir::Block &B : U.Functions[I].Blocks)
      for (const ir::Op &Op : B.Ops) {
        Use(Op.Obj);
        Use(Op.Other);
        Use(Op.Fn.This);
        Use(Op.Fn.Place);
        for (const ir::Operand &A : Op.Args)
          Use(A.Obj);
      }
  }
}

/// A parameter counts when it is called, started, or handed on to one that
/// counts: to a fixed point over the calls.
void Summaries::findCallableParams() {
  CallableParams.resize(U.Functions.size());
  CalledCaptures.resize(U.Functions.size());
  for (size_t F = 0; F < U.Functions.size(); ++F)
    for (const ir::Block &B : U.Functions[F].Blocks)
      for (const ir::Op &Op : B.Ops) {
        if (Op.Kind != ir::OpKind::Call || !Op.Fn.Place ||
            U.object(Op.Fn.Place).Kind != ir::ObjectKind::Local ||
            U.object(Op.Fn.Place).Owner.index() == F)
          continue;
        auto &Known = CalledCaptures[F];
        if (std::find(Known.begin(), Known.end(), Op.Fn.Place) == Known.end())
          Known.push_back(Op.Fn.Place);
      }
  auto Want = [&](ObjId O) {
    if (!O)
      return false;
    const ir::Object &Obj = U.object(O);
    if (Obj.Kind != ir::ObjectKind::Param || !Obj.Owner)
      return false;
    auto &Known = CallableParams[Obj.Owner.index()];
    if (std::find(Known.begin(), Known.end(), O) != Known.end())
      return false;
    Known.push_back(O);
    return true;
  };
  bool Changed = true;
  while (Changed) {
    Changed = false;
    for (const ir::Function &F : U.Functions)
      for (const ir::Block &B : F.Blocks)
        for (const ir::Op &Op : B.Ops) {
          Changed |= Want(Op.Fn.Place);
          // Kept in a variable or captured: it may be called through that.
          if (Op.Kind == ir::OpKind::Bind && !Op.Args.empty()) {
            const ir::Operand &A = Op.Args[0];
            if (A.K == ir::Operand::Kind::Function)
              Changed |= Want(A.Fn->Place);
            else if (A.K == ir::Operand::Kind::Place &&
                     U.object(A.Obj).Type == ir::TypeClass::Callable)
              Changed |= Want(A.Obj);
          }
          for (FuncId Target : Op.Fn.Targets) {
            const std::vector<ObjId> &Params = U.function(Target).Params;
            const std::vector<ObjId> Wanted = CallableParams[Target.index()];
            for (size_t I = 0; I < Params.size() && I < Op.Args.size(); ++I)
              if (std::find(Wanted.begin(), Wanted.end(), Params[I]) !=
                  Wanted.end()) {
                const ir::Operand &A = Op.Args[I];
                if (A.K == ir::Operand::Kind::Function)
                  Changed |= Want(A.Fn->Place);
                else if (A.K == ir::Operand::Kind::Place)
                  Changed |= Want(A.Obj);
              }
          }
        }
  }
}

Summaries::Summaries(ir::Unit &U)
    : U(U), Refs(U), ByFunction(U.Functions.size()) {
  findUnstable();
  findLocksOfConds();
  findCaptured();
  findCallableParams();
  for (const CallGroup &Group : bottomUp(U, Refs))
    walkGroup(Group);
}

/// Rounds after which functions that call each other are given up.
static constexpr unsigned MaxRounds = 4;

/// As far as their callers are concerned the same happens in both.
static bool hasSameWays(const Summary &A, const Summary &B) {
  return A.IsKnown == B.IsKnown &&
         std::equal(A.Outcomes.begin(), A.Outcomes.end(), B.Outcomes.begin(),
                    B.Outcomes.end(), [](const Outcome &X, const Outcome &Y) {
                      return X.Kind == Y.Kind && X.Deltas == Y.Deltas &&
                             X.Pending == Y.Pending && X.Kept == Y.Kept &&
                             X.Released == Y.Released && X.Waited == Y.Waited &&
                             X.Requires == Y.Requires && X.Leaves == Y.Leaves;
                    });
}

/// Functions that call each other begin as ones that never return, until a
/// round says no more of them than the one before: the least fixed point. When
/// that does not come soon, their calls of each other are open ones.
void Summaries::walkGroup(const CallGroup &Group) {
  auto WalkAll = [&] {
    bool IsStable = true;
    for (FuncId F : Group.Functions)
      if (U.function(F).hasBody()) {
        Summary New = walk(F, {});
        IsStable &= hasSameWays(New, ByFunction[F.index()]);
        ByFunction[F.index()] = std::move(New);
      }
    return IsStable;
  };
  if (!Group.IsRecursive) {
    WalkAll();
    return;
  }
  const size_t Kept = Graphs.size(), KeptWalks = Walks.size();
  const Stats Before = Counts;
  auto Forget = [&] {
    Graphs.resize(Kept);
    for (; Walks.size() > KeptWalks; Walks.pop_back())
      Specialised.erase(Walks.back());
    uint64_t Work = Counts.Work; // What was done was done.
    Counts = Before;
    Counts.Work = Work;
  };
  auto Begin = [&](bool IsKnown) {
    for (FuncId F : Group.Functions) {
      ByFunction[F.index()] = {};
      ByFunction[F.index()].IsKnown = IsKnown && U.function(F).hasBody();
    }
  };
  Begin(true);
  for (unsigned Round = 0; Round < MaxRounds; ++Round, Forget())
    if (WalkAll())
      return;
  Begin(false);
  WalkAll();
}

Summary Summaries::walk(FuncId F, const CallableBindings &With) {
  std::unique_ptr<PathGraph> G = Walker(*this, F, With).run();
  writeTimeline(U, *G);
  ++Counts.Functions;
  Counts.Specialised += !With.empty();
  Counts.Incomplete += !G->IsComplete;
  Counts.Nodes += G->Nodes.size();
  Summary S = fold(U, *G, G->Reached);
  Counts.Reached.add(G->Reached);
  Graphs.push_back(std::move(G));
  return S;
}

const Summary &Summaries::of(FuncId F) const { return ByFunction[F.index()]; }

const Summary &Summaries::of(FuncId F, const CallableBindings &With) {
  if (Depth >= MaxSpecialisation ||
      Specialised.size() >= MaxSpecialised * size_t(U.Linked)) {
    ++(Depth >= MaxSpecialisation ? Counts.Reached.Depth
                                  : Counts.Reached.Walks);
    return of(F);
  }
  std::vector<std::pair<ObjId, FuncId>> Key;
  for (const auto &[Param, Callable] : With)
    for (FuncId T : Callable.Fn->Targets)
      Key.emplace_back(Param, T);
  auto [It, New] = Specialised.try_emplace({F, std::move(Key)});
  if (New) {
    Walks.push_back(It);
    It->second = std::make_unique<Summary>(); // Unknown while it is walked.
    Summary *S = It->second.get();
    ++Depth;
    *S = walk(F, With);
    --Depth;
  }
  return *It->second;
}

} // namespace heddle::summary
