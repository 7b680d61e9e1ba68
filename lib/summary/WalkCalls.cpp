//===- WalkCalls.cpp - Calls along a path ---------------------------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "summary/Walker.h"
#include "llvm/ADT/STLExtras.h"

namespace heddle::summary {

using ir::OpKind;

/// Fn with its variable, when it has one, replaced by what that is bound to.
ir::Callable Walker::resolveCallable(const PathState &S,
                                     const ir::Callable &Fn) {
  ir::Callable Now = Fn;
  for (int Budget = 8; Budget > 0 && Now.Targets.empty() && Now.Place;
       --Budget) {
    ObjId O = resolve(U, S, Now.Place);
    const ir::Operand *B = O ? S.binding(O) : nullptr;
    if (!B)
      B = S.binding(Now.Place);
    if (!B || B->K != ir::Operand::Kind::Function) {
      Now.Open = true;
      break;
    }
    ir::Callable To = *B->Fn;
    if (!To.This)
      To.This = Now.This;
    To.Bound.insert(To.Bound.end(), Now.Bound.begin(), Now.Bound.end());
    Now = std::move(To);
  }
  return Now;
}

/// What a call of Fn may run: what this path knows, or else what was stored
/// there anywhere in the program.
std::vector<ir::Callable> Walker::whatRuns(const PathState &S,
                                           const ir::Callable &Fn) {
  ir::Callable Known = resolveCallable(S, Fn);
  if (!Known.Targets.empty() || !Known.Place)
    return {std::move(Known)};
  ObjId Place = resolve(U, S, Known.Place);
  std::vector<ir::Callable> Held =
      All.referents().callables(Place ? Place : Known.Place);
  for (ir::Callable &C : Held)
    C.Bound.insert(C.Bound.end(), Known.Bound.begin(), Known.Bound.end());
  if (Held.empty())
    Held.push_back(std::move(Known));
  return Held;
}

std::vector<ir::Operand>
Walker::resolveArgs(const PathState &S, const ir::Callable &Fn,
                    const std::vector<ir::Operand> &Args) {
  std::vector<ir::Operand> Out = Fn.Bound;
  Out.insert(Out.end(), Args.begin(), Args.end());
  for (ir::Operand &A : Out) {
    if (A.K == ir::Operand::Kind::Function)
      A = ir::Operand::function(resolveCallable(S, *A.Fn));
    if (A.K == ir::Operand::Kind::Value)
      A.Value = inSlots(S, A.Value);
    if (A.K != ir::Operand::Kind::Place)
      continue;
    ObjId O = resolve(U, S, A.Obj);
    const ir::Operand *B = O ? S.binding(O) : nullptr;
    if (B && B->K == ir::Operand::Kind::Function)
      A = *B;
    else
      A.Obj = O;
  }
  return Out;
}

/// The summary of Target, walked again for the callables among Args, and for
/// those that variables which it captured hold Now.
const Summary &Walker::summaryOf(FuncId Target,
                                 const std::vector<ir::Operand> &Args,
                                 const PathState *Now) {
  CallableBindings Known;
  const std::vector<ObjId> &Wanted = All.callableParams(Target);
  const std::vector<ObjId> &Params = U.function(Target).Params;
  for (size_t I = 0; I < Params.size() && I < Args.size(); ++I)
    if (Args[I].K == ir::Operand::Kind::Function &&
        !Args[I].Fn->Targets.empty() &&
        std::find(Wanted.begin(), Wanted.end(), Params[I]) != Wanted.end())
      Known.emplace_back(Params[I], Args[I]);
  if (Now)
    for (ObjId Captured : All.calledCaptures(Target)) {
      const ir::Operand *Held = Now->binding(Captured);
      if (Held && Held->K == ir::Operand::Kind::Function &&
          !Held->Fn->Targets.empty())
        Known.emplace_back(Captured, *Held);
    }
  return Known.empty() ? All.of(Target) : All.of(Target, Known);
}

/// Op ends what an owner in a container owned, because that is given something
/// else: it may well have been nothing, as in a map's new element.
bool Walker::endsReplaced(const ir::Op &Op, const Point &P) {
  if (!Op.Obj || Op.Fn.Targets.empty() ||
      !U.function(Op.Fn.Targets[0]).IsDestructor)
    return false;
  const std::vector<ir::Op> &Ops = U.function(F).Blocks[P.Block.index()].Ops;
  if (P.OpIndex + 1 >= Ops.size() || Ops[P.OpIndex + 1].Kind != OpKind::Bind ||
      Ops[P.OpIndex + 1].Obj != Op.Obj)
    return false;
  ObjId O = resolve(U, *P.State, Op.Obj);
  return !O || U.isSummarised(O);
}

void Walker::call(const ir::Op &Op, const Point &P, unsigned Node) {
  if (endsReplaced(Op, P))
    return next(P, Node, P.State);
  std::vector<ir::Callable> Runs = whatRuns(*P.State, Op.Fn);
  bool AnyKnown = false;
  Point From = P;
  if (Runs.size() > 1) { // One of them, not known which.
    From.State = std::make_shared<PathState>(*P.State);
    From.State->IsCertain = false;
  }
  for (const ir::Callable &Fn : Runs)
    for (FuncId Target : Fn.Targets)
      if (U.function(Target).hasBody()) {
        AnyKnown = true;
        callTarget(Op, Fn, Target, From, Node);
      }
  if (Op.Kind == OpKind::Once && AnyKnown) {
    // The call was made before, by whomever.
    auto S = std::make_shared<PathState>(*P.State);
    S->IsCertain = false;
    next(P, Node, std::move(S));
    return;
  }
  if (AnyKnown)
    return;
  auto S = std::make_shared<PathState>(*P.State);
  openCall(Op, Runs[0], *S, Node);
  next(P, Node, std::move(S));
}

/// An object that the callee made and returns is the call's result; one that
/// it made and kept in a member is what that member denotes.
void Walker::nameWhatIsLeft(Renaming &Rename, const Summary &Callee,
                            FuncId Target, const ir::Op &Op) {
  auto IsMade = [&](const ir::Operand &V) {
    // One without a name here is none of the callee's own.
    if (V.K != ir::Operand::Kind::Place || !V.Obj)
      return false;
    const ir::Object &Root = U.object(U.root(V.Obj));
    return Root.Owner == Target && (Root.Kind == ir::ObjectKind::Local ||
                                    Root.Kind == ir::ObjectKind::Temp);
  };
  std::vector<std::pair<ObjId, ObjId>> Left;
  for (const Outcome &O : Callee.Outcomes) {
    if (Op.Result && IsMade(O.Value))
      Left.emplace_back(O.Value.Obj, Op.Result);
    for (const auto &[Place, To] : O.Bindings)
      if (IsMade(To) && !U.object(To.Obj).Base)
        if (ObjId Here = Rename.slot(Place); Here && !U.isSummarised(Here))
          Left.emplace_back(To.Obj, Here);
  }
  Rename.LeftAs = std::move(Left);
}

/// What Op does that calls Callee, worked out once for all states that it is
/// the same from.
const CallEffects &Walker::effectsOf(const ir::Op &Op, const Summary &Callee,
                                     ObjId This,
                                     const std::vector<ir::Operand> &Args,
                                     const Point &P, const Renaming &Rename) {
  std::deque<CallEffects> &Known = Effects[&Op];
  for (const CallEffects &E : Known)
    if (E.areSame(Callee, This, Args, *P.State))
      return E;
  return Known.emplace_back(Op, Callee, This, Args, P.State, Rename);
}

/// How many of the locks held in S the callee releases, and for how many
/// counters it waits, on the way O.
static size_t settledOf(const Outcome &O, const Renaming &Rename,
                        const PathState &S) {
  size_t Waited = O.Waited.size();
  if (S.Held.empty() || O.Released.empty())
    return Waited;
  return Waited + size_t(llvm::count_if(Rename(O.Released), [&](ObjId Lock) {
           return Lock && S.held(Lock);
         }));
}

/// A destructor that releases a lock held in S, or waits, on some way knows
/// whether there is anything to release or to wait for: it is taken to do as
/// much as it ever does.
size_t Walker::leastSettled(const ir::Op &Op, FuncId Target,
                            const Summary &Callee, const Renaming &Rename,
                            const PathState &S) const {
  if (!Op.Deferred || !U.function(Target).IsDestructor)
    return 0;
  size_t Most = 0;
  for (const Outcome &O : Callee.Outcomes)
    if (Rename.isPossible(O.Requires))
      Most = std::max(Most, settledOf(O, Rename, S));
  return Most;
}

void Walker::callTarget(const ir::Op &Op, const ir::Callable &Fn, FuncId Target,
                        const Point &P, unsigned Node) {
  std::vector<ir::Operand> Args = resolveArgs(*P.State, Fn, Op.Args);
  const Summary &Callee = summaryOf(Target, Args, P.State.get());
  if (!Callee.IsKnown) {
    auto S = std::make_shared<PathState>(*P.State);
    openCall(Op, Fn, *S, Node);
    next(P, Node, std::move(S));
    return;
  }
  Work += Callee.Events.size() + Callee.Outcomes.size();
  const ObjId This = resolve(U, *P.State, Fn.This);
  Renaming Rename(U, *P.State, Target, This, Args);
  Rename.CallSite = Op.Loc;
  nameWhatIsLeft(Rename, Callee, Target, Op);
  const CallEffects &Its = effectsOf(Op, Callee, This, Args, P, Rename);

  bool CountsDiffer = llvm::any_of(Callee.Outcomes, [&](const Outcome &O) {
    return O.Deltas != Callee.Outcomes[0].Deltas;
  });
  const size_t Settles = leastSettled(Op, Target, Callee, Rename, *P.State);
  for (const Outcome &O : Callee.Outcomes) {
    if (!Rename.isPossible(O.Requires) ||
        settledOf(O, Rename, *P.State) < Settles)
      continue;
    auto S = std::make_shared<PathState>(*P.State);
    S->IsCertain &= O.IsCertain || Callee.Outcomes.size() == 1;
    // Waits inside the callee are waits for what was started before it.
    for (const auto &[Kind, Obj] : Its.Waits)
      await(*S, Kind, Obj);
    applyOutcome(*S, O, Rename, Callee, Op, Node);
    if (CountsDiffer)
      S->LeftAt = O.Loc;
    for (ObjId Obj : Its.Lost)
      loseTrack(*S, Obj);
    if (O.Kind == ExitKind::Return) {
      next(P, Node, std::move(S));
    } else if (Op.Unwind) {
      enter(Op.Unwind, std::move(S), Node);
    } else if (!U.function(F).IsNoexcept) {
      Point Leaves = P;
      Leaves.State = std::move(S);
      Leaves.Pred = Node;
      exitBy(addNode(Leaves), ExitKind::Throw);
    }
  }
  Graph->Nodes[Node].Does.append(Its.Events);
}

void Walker::applyOutcome(PathState &S, const Outcome &O,
                          const Renaming &Rename, const Summary &Callee,
                          const ir::Op &Op, unsigned Node) {
  forgetIdentity(S, Op.Result); // What it was is of an earlier call.
  for (const auto &[Place, Found] : O.Requires)
    if (ObjId Here = Rename.slot(Place);
        Here && !All.isUnstable(Here, F) && !U.isSummarised(Here)) {
      Interval Known = S.Numbers.get(Here);
      S.Numbers.set(
          Here, {std::max(Known.Lo, Found.Lo), std::min(Known.Hi, Found.Hi)});
      noteRequired(S, ir::Expr::var(Here));
    }
  for (const auto &[Place, Left] : O.Leaves)
    if (ObjId Here = Rename.slot(Place)) {
      S.Numbers.set(Here, All.isUnstable(Here, F) || U.isSummarised(Here)
                              ? Interval()
                              : Left);
      noteSet(S, Here);
    }
  for (const GuardUse &Use : O.GuardUses)
    if (ObjId Guard = Rename(Use.Guard))
      useGuard(S, Use.Kind, Guard, Op.Loc);
  for (const GuardState &G : O.Guards) {
    GuardState Here = G;
    Here.Guard = Rename(G.Guard);
    Here.Locks = Rename(G.Locks);
    if (!Here.Guard)
      continue;
    dropGuard(S, Here.Guard);
    S.Guards.push_back(std::move(Here));
  }
  for (ObjId Lock : Rename(O.Released))
    release(S, Lock);
  for (const HeldLock &H : Rename(O.Kept))
    acquire(S, H.Lock, H.How, H.Since, H.IsScoped);

  for (const auto &[Place, To] : O.Bindings) {
    ObjId Here = Rename.slot(Place);
    ir::Operand Now = Rename(To);
    if (Here && Now.K != ir::Operand::Kind::None &&
        !(Now.K == ir::Operand::Kind::Place && Now.Obj == Here))
      S.bind(Here, std::move(Now));
  }

  // Tasks first: what was pending when they started counts from here.
  std::vector<LiveTask> Started;
  for (const LiveTask &L : O.Live) {
    LiveTask New = L;
    New.Task = internTask(Rename(Callee.Tasks[L.Task]));
    std::vector<unsigned> &Starts = Graph->Nodes[Node].Starts;
    if (std::find(Starts.begin(), Starts.end(), New.Task) == Starts.end())
      Starts.push_back(New.Task);
    New.Before = Rename(L.Before);
    addPending(S, New.Before);
    Started.push_back(std::move(New));
  }
  for (ObjId C : Rename(O.Waited))
    await(S, OpKind::Wait, C);
  for (const Balance &B : Rename(O.Deltas)) {
    CounterState &C = S.counter(B.Counter);
    C.Delta = Balance::add(C.Delta, B.Delta);
    if (B.Delta > 0)
      C.Added = Op.Loc;
  }
  for (const Balance &B : Rename(O.Pending)) {
    CounterState &C = S.counter(B.Counter);
    C.Pending = Balance::add(C.Pending, B.Delta);
  }
  for (LiveTask &L : Started)
    addLive(S, std::move(L));
  takeOver(S, O, Rename, Op.Loc);

  if (!Op.Result)
    return;
  S.unbind(Op.Result);
  S.Numbers.set(Op.Result, {});
  if (O.Value.K == ir::Operand::Kind::Value) {
    if (O.Value.Value && O.Value.Value->Kind == ir::ExprKind::Int)
      S.Numbers.set(Op.Result, Interval::exactly(O.Value.Value->Value));
  } else if (O.Value.K == ir::Operand::Kind::Function) {
    if (ir::Operand Fn = Rename(O.Value); Fn.K == ir::Operand::Kind::Function)
      S.bind(Op.Result, std::move(Fn));
  } else if (O.Value.K == ir::Operand::Kind::Place) {
    if (ObjId Made = Rename(O.Value.Obj); Made && Made != Op.Result)
      S.bind(Op.Result, ir::Operand::place(Made));
  }
}

/// For callers, who know more of what is lost here.
void Walker::noteLost(ObjId O, unsigned Node) {
  if (!O || U.object(O).Type == ir::TypeClass::Value)
    return;
  const ir::Object &Root = U.object(U.root(O));
  if (Root.Owner == F && Root.Kind != ir::ObjectKind::Param &&
      Root.Kind != ir::ObjectKind::This)
    return;
  Event E;
  E.Kind = OpKind::Escape;
  E.Obj = O;
  Graph->Nodes[Node].Does.push_back(std::move(E));
}

/// Code that the engine cannot see gets hold of the operands of Op, and of
/// everything that the callables among them can reach.
void Walker::openCall(const ir::Op &Op, const ir::Callable &Fn, PathState &S,
                      unsigned Node) {
  All.Counts.UnknownCallees.insert(Op.Loc);
  auto Lose = [&](ObjId O) {
    loseTrack(S, O);
    noteLost(O, Node);
  };
  auto LoseCallable = [&](const ir::Callable &C) {
    if (C.This)
      Lose(resolve(U, S, C.This));
    for (FuncId Target : C.Targets) {
      const Summary &Reaches = All.of(Target);
      static const std::vector<ir::Operand> NoArgs;
      Renaming Rename(U, S, Target, resolve(U, S, C.This), NoArgs);
      for (const Event &E : Rename(Reaches.Events))
        if (E.Kind != OpKind::Read)
          Lose(E.Obj);
      for (const Task &T : Reaches.Tasks)
        for (const Event &E : Rename(T.Events))
          Lose(E.Obj);
    }
  };
  LoseCallable(Fn);
  for (const ir::Operand &A : resolveArgs(S, Fn, Op.Args)) {
    if (A.K == ir::Operand::Kind::Place)
      Lose(A.Obj);
    else if (A.K == ir::Operand::Kind::Function)
      LoseCallable(*A.Fn);
  }
  // Other units can reach what has external linkage.
  for (const CounterState &C : std::vector<CounterState>(S.Counters))
    if (U.object(U.root(C.Counter)).IsExternal)
      loseTrack(S, C.Counter);
  if (Op.Result) {
    S.unbind(Op.Result);
    forgetIdentity(S, Op.Result);
    S.Numbers.set(Op.Result, {});
  }
}

} // namespace heddle::summary
