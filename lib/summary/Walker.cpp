//===- Walker.cpp ---------------------------------------------------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "summary/Walker.h"
#include "llvm/ADT/STLExtras.h"

namespace heddle::summary {

using ir::OpKind;

SourceSpan PathGraph::locationOf(const ir::Unit &U,
                                 const PathNode &Node) const {
  const ir::Function &Fn = U.function(Func);
  const ir::Block &B = Fn.Blocks[Node.Block.index()];
  SourceSpan L =
      Node.OpIndex < B.Ops.size() ? B.Ops[Node.OpIndex].Loc : B.Term.Loc;
  return L.isValid() ? L : Fn.End;
}

Walker::Walker(Summaries &All, FuncId F, const CallableBindings &With)
    : All(All), U(All.unit()), F(F), With(With) {
  Graph = std::make_unique<PathGraph>();
  Graph->Func = F;
  Seen.resize(U.function(F).Blocks.size());
}

std::unique_ptr<PathGraph> Walker::run() {
  auto Entry = std::make_shared<PathState>();
  for (const auto &[Param, Callable] : With)
    Entry->bind(Param, Callable);
  enter(BlockId(0), std::move(Entry), PathNode::NoPred);
  const uint64_t Limit =
      All.Counts.Work < MaxUnitWork * U.Linked ? MaxWork : LeastWork;
  while (!Todo.empty()) {
    if (Graph->Nodes.size() >= MaxNodes || Work >= Limit) {
      Graph->IsComplete = false;
      (Work >= Limit ? Graph->Reached.Work : Graph->Reached.Nodes) = 1;
      break;
    }
    Point P = std::move(Todo.front());
    Todo.pop_front();
    step(std::move(P));
  }
  All.Counts.Work += Work;
  return std::move(Graph);
}

void Walker::enter(BlockId Block, StatePtr State, unsigned Pred) {
  auto &Known = Seen[Block.index()];
  if (Known.size() >= MaxStates) {
    Graph->IsComplete = false;
    Graph->Reached.States = 1;
    return;
  }
  if (Known.insert(State).second)
    Todo.push_back({Block, 0, std::move(State), Pred});
}

void Walker::next(const Point &P, unsigned Node, StatePtr State) {
  Todo.push_back({P.Block, P.OpIndex + 1, std::move(State), Node});
}

unsigned Walker::addNode(const Point &P) {
  PathNode N;
  N.Block = P.Block;
  N.OpIndex = P.OpIndex;
  N.Pred = P.Pred;
  N.Before = P.State;
  Graph->Nodes.push_back(std::move(N));
  return Graph->Nodes.size() - 1;
}

void Walker::exitBy(unsigned Node, ExitKind Kind) {
  Graph->Nodes[Node].IsExit = true;
  Graph->Nodes[Node].Exit = Kind;
  const ir::Block &B = U.function(F).Blocks[Graph->Nodes[Node].Block.index()];
  leaveOwed(Graph->Nodes[Node], B.Term);
}

Event Walker::event(const ir::Op &Op, const PathState &S, ObjId Obj) const {
  Event E;
  E.Kind = Op.Kind;
  E.Obj = contextOf(U, Obj);
  E.How = Op.How;
  E.Loc = Op.Loc;
  E.Held = S.Held;
  E.Freed = S.Released;
  E.Requires = S.Requires;
  E.IsCertain = S.IsCertain;
  return E;
}

/// Where the value of O is kept: a pointer has a value of its own, whatever it
/// points to, but it may be a member of something that a name stands for.
ObjId Walker::slot(const PathState &S, ObjId O) {
  ObjId Base = O ? U.object(O).Base : ObjId();
  if (!Base)
    return O;
  ObjId Known = resolve(U, S, Base);
  return Known ? rebase(U, O, Base, Known) : ObjId();
}

/// E with every place replaced by its slot.
ir::ExprRef Walker::inSlots(const PathState &S, const ir::ExprRef &E) {
  if (!E)
    return E;
  if (E->Kind == ir::ExprKind::Var) {
    ObjId O = slot(S, E->Obj);
    return O == E->Obj ? E : O ? ir::Expr::var(O) : ir::Expr::unknown();
  }
  ir::ExprRef L = inSlots(S, E->Lhs), R = inSlots(S, E->Rhs);
  if (L == E->Lhs && R == E->Rhs)
    return E;
  return R ? ir::Expr::binary(E->Kind, L, R) : ir::Expr::unary(E->Kind, L);
}

/// O outlives the function: its caller may know O's value.
bool Walker::isOutside(ObjId O) const {
  const ir::Object &Obj = U.object(O);
  switch (Obj.Kind) {
  case ir::ObjectKind::Field:
    return !U.isSummarised(O);
  case ir::ObjectKind::Global:
  case ir::ObjectKind::Static:
  case ir::ObjectKind::Param:
    return true;
  case ir::ObjectKind::Local:
    return Obj.Owner != F; // A lambda sets what it captured.
  default:
    return false;
  }
}

/// Cond was found to hold or not: what that says of places from outside.
void Walker::noteRequired(PathState &S, const ir::ExprRef &Cond) {
  if (!Cond)
    return;
  noteRequired(S, Cond->Lhs);
  noteRequired(S, Cond->Rhs);
  if (Cond->Kind != ir::ExprKind::Var || !isOutside(Cond->Obj) ||
      std::find(S.WasSet.begin(), S.WasSet.end(), Cond->Obj) != S.WasSet.end())
    return;
  Interval V = S.Numbers.get(Cond->Obj);
  std::erase_if(S.Requires,
                [&](const auto &R) { return R.first == Cond->Obj; });
  if (!V.isUnknown())
    S.Requires.emplace_back(Cond->Obj, V);
}

/// O got another value here: what it had on entry matters no more.
void Walker::noteSet(PathState &S, ObjId O) {
  if (isOutside(O) &&
      std::find(S.WasSet.begin(), S.WasSet.end(), O) == S.WasSet.end())
    S.WasSet.push_back(O);
}

/// Alias O denotes something else from here on: locks of what it denoted have
/// no name any more.
void Walker::forgetIdentity(PathState &S, ObjId O) {
  if (!O || !U.object(O).IsAlias)
    return;
  auto IsOfO = [&](ObjId Lock) { return isWithin(U, Lock, O); };
  std::erase_if(S.Held, [&](const HeldLock &H) { return IsOfO(H.Lock); });
  for (GuardState &G : S.Guards)
    std::erase_if(G.Locks, IsOfO);
  std::erase_if(S.Dropped, [&](const HeldLock &H) { return IsOfO(H.Lock); });
  std::erase_if(S.Released, IsOfO);
}

void Walker::setValue(PathState &S, ObjId O, const ir::Operand &V) {
  ObjId To = slot(S, O);
  if (!To)
    return;
  noteSet(S, To);
  if (V.K == ir::Operand::Kind::Value && V.Value &&
      V.Value->Kind == ir::ExprKind::Var && isAddress(V.Value->Obj))
    S.Numbers.set(To, {1, Interval::Max});
  else if (V.K == ir::Operand::Kind::Value && !All.isUnstable(To, F) &&
           !U.isSummarised(To))
    S.Numbers.setWidening(To, S.Numbers.eval(inSlots(S, V.Value)));
  else
    S.Numbers.set(To, {});
}

void Walker::nextTurn(PathState &S, const ir::Op &Op) {
  ObjId To = slot(S, Op.Obj);
  if (!To)
    return;
  Interval Turn = S.Numbers.get(To);
  bool IsKnown =
      S.Numbers.eval(inSlots(S, Op.Args[0].Value)).isExact() && Turn.isExact();
  S.Numbers.set(To, IsKnown ? Interval::exactly(Turn.Lo + 1)
                            : Interval{1, Interval::Max});
}

/// One operation. Those that cannot fork the path change a copy of the state
/// and go on; the others go on themselves, once for every way.
void Walker::step(Point P) {
  const ir::Block &Block = U.function(F).Blocks[P.Block.index()];
  // Operations that only move values need no node of their own.
  while (P.OpIndex < Block.Ops.size()) {
    const ir::Op &Op = Block.Ops[P.OpIndex];
    if (Op.Kind != OpKind::Set && Op.Kind != OpKind::Next &&
        Op.Kind != OpKind::Shift && Op.Kind != OpKind::Havoc &&
        Op.Kind != OpKind::Bind)
      break;
    if (Op.Kind == OpKind::Shift) { // Elements are one place here.
      ++P.OpIndex;
      continue;
    }
    P.State = std::make_shared<PathState>(*P.State);
    PathState &S = *P.State;
    if (Op.Kind == OpKind::Havoc) {
      if (ObjId O = slot(S, Op.Obj))
        S.Numbers.havoc(U, O);
      forgetIdentity(S, Op.Obj);
    } else if (Op.Kind == OpKind::Next) {
      nextTurn(S, Op);
    } else if (Op.Kind == OpKind::Set) {
      setValue(S, Op.Obj, Op.Args.empty() ? ir::Operand() : Op.Args[0]);
    } else {
      const ir::Operand &To = Op.Args[0];
      // That it denotes nothing is not followed.
      if (To.K == ir::Operand::Kind::None && resolve(U, S, Op.Obj) == Op.Obj) {
        ++P.OpIndex;
        continue;
      }
      bool IsNumber = (U.object(Op.Obj).Type == ir::TypeClass::Value ||
                       To.K == ir::Operand::Kind::Value) &&
                      Op.Args.size() > 1;
      ObjId Into = slot(S, Op.Obj);
      if (!IsNumber)
        keep(S, Into, To);
      if (To.K == ir::Operand::Kind::Place && (!Into || U.isSummarised(Into)))
        putAway(S, resolve(U, S, To.Obj));
      if (IsNumber) { // of or in an element: which one is not followed
        if (U.object(Op.Obj).Kind != ir::ObjectKind::Element)
          S.Numbers.set(slot(S, Op.Obj), {});
      } else if (To.K == ir::Operand::Kind::Place) {
        noteFound(S, Op);
        ObjId Target = resolve(U, S, To.Obj);
        // p = p->next: what was reached by p is no longer, and where p is now
        // has no name.
        if (isWithin(U, Target, Op.Obj))
          forgetIdentity(S, Op.Obj);
        S.unbind(Op.Obj);
        if (Target && !isWithin(U, Target, Op.Obj))
          S.bind(Op.Obj, ir::Operand::place(Target));
        if (Op.Args.size() == 1)
          notePointer(S, Op.Obj, To.Obj);
        if (Op.Args.size() > 2 && Op.Args[2].Obj) {
          putAway(S, resolve(U, S, Op.Args[2].Obj));
          keepParts(S, Op.Obj, Op.Args[2].Obj);
        }
      } else {
        S.bind(Op.Obj, To);
      }
    }
    ++P.OpIndex;
  }

  if (P.OpIndex < Block.Ops.size())
    noteFollowed(P, Block.Ops[P.OpIndex]);
  unsigned Node = addNode(P);
  if (P.OpIndex == Block.Ops.size())
    return terminator(P, Node);

  const ir::Op &Op = Block.Ops[P.OpIndex];
  if (Op.Kind == OpKind::Call || Op.Kind == OpKind::Once)
    return call(Op, P, Node);
  if (lockOp(Op, P, Node))
    return;
  if (Op.Kind == OpKind::End || Op.Kind == OpKind::Read ||
      Op.Kind == OpKind::Write) { // They change no state.
    ObjId Obj = Op.How == ir::Mode::Pointer ? slot(*P.State, Op.Obj)
                                            : resolve(U, *P.State, Op.Obj);
    if (Obj)
      Graph->Nodes[Node].Does.push_back(event(Op, *P.State, Obj));
    return next(P, Node, P.State);
  }
  auto S = std::make_shared<PathState>(*P.State);
  ObjId Obj = resolve(U, *S, Op.Obj);
  switch (Op.Kind) {
  case OpKind::Make:
    if (Obj) {
      std::erase_if(S->Counters,
                    [&](const CounterState &C) { return C.Counter == Obj; });
      std::erase(S->Unknown, Obj);
      S->unbind(Obj);
    }
    break;
  case OpKind::Broadcast:
    // Who waits for a promise that is kept is not followed along paths.
    if (!Obj || U.object(Obj).Type != ir::TypeClass::Future) {
      taskOp(Op, *S, Node);
      break;
    }
    [[fallthrough]];
  case OpKind::Escape: {
    // What only computes at its end may end at any time.
    if (Op.Fn.isPresent() && llvm::all_of(Op.Fn.Targets, [&](FuncId T) {
          const Summary &End = All.of(T);
          return End.IsKnown && End.Events.empty() && End.Tasks.empty();
        }))
      break;
    std::vector<ObjId> Lost = {Obj};
    for (const auto &[Place, To] : S->Bindings) // What it points to.
      if (To.K == ir::Operand::Kind::Place && isWithin(U, Place, Obj))
        Lost.push_back(To.Obj);
    for (ObjId O : Lost) {
      loseTrack(*S, O);
      noteLost(O, Node);
    }
    break;
  }
  default:
    taskOp(Op, *S, Node);
    if (tellsOfGivingUp(Op)) {
      S->Numbers.set(Op.Result, Interval::exactly(1));
      next(P, Node, waitedInVain(Op, P));
    }
  }
  next(P, Node, std::move(S));
}

void Walker::terminator(const Point &P, unsigned Node) {
  const ir::Function &Fn = U.function(F);
  const ir::Terminator &T = Fn.Blocks[P.Block.index()].Term;
  auto Copy = [&] { return std::make_shared<PathState>(*P.State); };
  switch (T.K) {
  case ir::Terminator::Kind::Jump:
    return enter(T.Succs[0], P.State, Node);
  case ir::Terminator::Kind::Branch: {
    ir::ExprRef Cond = inSlots(*P.State, T.Cond);
    std::optional<bool> Known = P.State->Numbers.truth(Cond);
    StatePtr Ways[2];
    for (bool Truth : {true, false}) {
      if (Known && *Known != Truth)
        continue;
      StatePtr S = Copy();
      if (Known || S->Numbers.assume(Cond, Truth)) {
        noteRequired(*S, Cond);
        Ways[Truth] = std::move(S);
      }
    }
    for (bool Truth : {true, false})
      if (StatePtr S = Ways[Truth]) {
        S->IsCertain &= !(Ways[0] && Ways[1]);
        enter(T.Succs[Truth ? 0 : 1], std::move(S), Node);
      }
    return;
  }
  case ir::Terminator::Kind::Switch: {
    ir::ExprRef Cond = inSlots(*P.State, T.Cond);
    for (size_t I = 0; I < T.Succs.size(); ++I) {
      StatePtr S = Copy();
      bool Possible = true;
      for (size_t V = 0; V < T.Values.size(); ++V)
        if (V == I || I >= T.Values.size())
          Possible &= S->Numbers.assume(
              ir::Expr::binary(ir::ExprKind::Eq, Cond,
                               ir::Expr::integer(T.Values[V])),
              V == I);
      if (!Possible)
        continue;
      S->IsCertain &= P.State->Numbers.eval(Cond).isExact();
      enter(T.Succs[I], std::move(S), Node);
    }
    return;
  }
  case ir::Terminator::Kind::Choose:
    for (BlockId B : T.Succs) {
      StatePtr S = Copy();
      S->IsCertain &= T.Succs.size() == 1;
      enter(B, std::move(S), Node);
    }
    return;
  case ir::Terminator::Kind::Select: {
    bool CanPass = false;
    for (const ir::SelectCase &C : T.Cases)
      CanPass |= C.K == ir::SelectCase::Kind::Default ||
                 C.K == ir::SelectCase::Kind::Timeout;
    for (const ir::SelectCase &C : T.Cases) {
      StatePtr S = Copy();
      if (C.Result)
        S->Numbers.set(C.Result, {});
      ObjId Channel = C.Channel ? resolve(U, *S, C.Channel) : ObjId();
      if (Channel) {
        Event E;
        E.Kind =
            C.K == ir::SelectCase::Kind::Send ? OpKind::Send : OpKind::Recv;
        E.Obj = contextOf(U, Channel);
        E.Loc = C.Loc;
        E.Held = S->Held;
        E.Freed = S->Released;
        E.Requires = S->Requires;
        E.IsCertain = S->IsCertain;
        E.Select = T.Loc;
        E.CanPass = CanPass;
        await(*S, E.Kind, E.Obj);
        Graph->Nodes[Node].Does.push_back(std::move(E));
      }
      enter(C.Target, std::move(S), Node);
    }
    return;
  }
  case ir::Terminator::Kind::Return:
    return exitBy(Node, ExitKind::Return);
  case ir::Terminator::Kind::Throw:
    if (!T.Succs.empty())
      return enter(T.Succs[0], P.State, Node);
    [[fallthrough]];
  case ir::Terminator::Kind::Resume:
    if (!Fn.IsNoexcept)
      exitBy(Node, ExitKind::Throw);
    return;
  case ir::Terminator::Kind::Exit:
  case ir::Terminator::Kind::Unreachable:
    return;
  }
}

} // namespace heddle::summary
