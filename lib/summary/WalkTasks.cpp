//===- WalkTasks.cpp - Counters, tasks and waits along a path -------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Waiting is judged kindly: any operation by which a task could tell that it
// is done counts as waiting for it. So a task that stays live to the end was
// waited for in no way at all.
//
//===----------------------------------------------------------------------===//

#include "summary/Walker.h"

namespace heddle::summary {

using ir::OpKind;

void Walker::taskOp(const ir::Op &Op, PathState &S, unsigned Node) {
  ObjId Obj = contextOf(U, resolve(U, S, Op.Obj));
  // Nobody waits for a timer to be stopped.
  if (Obj && Op.Kind == OpKind::Cancel &&
      U.object(Obj).Type == ir::TypeClass::Timer) {
    if (Op.Result)
      S.Numbers.set(Op.Result, {});
    return;
  }
  if (Obj || Op.Kind == OpKind::Sleep || Op.Kind == OpKind::Block) {
    Event E = event(Op, S, Obj);
    if (Op.Kind == OpKind::CondWait)
      dropWhileWaiting(Op, S, E);
    Graph->Nodes[Node].Does.push_back(std::move(E));
  }
  switch (Op.Kind) {
  case OpKind::Spawn:
    return spawn(Op, S, Node);
  case OpKind::Add: {
    Interval V = Op.Args.empty() ? Interval()
                                 : S.Numbers.eval(inSlots(S, Op.Args[0].Value));
    return add(S, Obj, V.Lo, V.isExact(), Op.Loc);
  }
  case OpKind::Done: {
    Interval V = Op.Args.empty() ? Interval::exactly(1)
                                 : S.Numbers.eval(inSlots(S, Op.Args[0].Value));
    // The lowest number has no opposite: only a known amount is turned round.
    return add(S, Obj, V.isExact() ? -V.Lo : 0, V.isExact(), {});
  }
  case OpKind::Wait:
  case OpKind::Join:
  case OpKind::CondWait:
  case OpKind::Recv:
  case OpKind::TryRecv:
  case OpKind::Send:
  case OpKind::TrySend:
    if (Op.Result) // A timer's channel is never closed.
      S.Numbers.set(Op.Result,
                    Op.Kind == OpKind::Recv && Obj &&
                            U.object(Obj).Type == ir::TypeClass::Timer
                        ? Interval::exactly(1)
                        : Interval());
    if (Op.Kind == OpKind::CondWait && Op.Fn.isPresent())
      S.Numbers = {}; // The predicate has seen whatever was changed meanwhile.
    await(S, Op.Kind, Obj);
    if (Op.Kind == OpKind::Join)
      noteJoinable(S, Obj, false);
    return;
  case OpKind::Derive:
    return derive(S, Obj, Op);
  case OpKind::Cancel:
    return settle(S, Obj);
  case OpKind::Detach:
    noteJoinable(S, Obj, false);
    for (LiveTask &T : S.Live)
      if (Obj && Graph->Tasks[T.Task].Handle == Obj)
        T.IsDetached = true;
    return;
  default:
    return;
  }
}

/// A condition alone does not: it may have been signalled for somebody else, or
/// what was waited for be there when the time is over.
bool Walker::tellsOfGivingUp(const ir::Op &Op) {
  return Op.How == ir::Mode::Timed && Op.Result &&
         (Op.Kind == OpKind::Wait ||
          (Op.Kind == OpKind::CondWait && Op.Fn.isPresent()));
}

/// No task has told anything by it.
Walker::StatePtr Walker::waitedInVain(const ir::Op &Op, const Point &P) {
  auto S = std::make_shared<PathState>(*P.State);
  if (Op.Kind == OpKind::CondWait)
    S->Numbers = {}; // The predicate has seen whatever was changed meanwhile.
  S->Numbers.set(Op.Result, Interval::exactly(0));
  S->IsCertain = false;
  return S;
}

/// A condition's own lock is not held while it is waited for. Which one that
/// is says the wait, or where the condition is made.
void Walker::dropWhileWaiting(const ir::Op &Op, PathState &S, Event &E) {
  std::vector<ObjId> Drops;
  if (Op.Other) {
    ObjId Other = resolve(U, S, Op.Other);
    if (const GuardState *G = S.guard(Other))
      Drops = G->Locks;
    else if (Other && U.object(Other).Type == ir::TypeClass::Lock)
      Drops.push_back(Other);
  } else if (ObjId Lock = All.lockOfCond(E.Obj)) {
    Drops.push_back(resolve(U, S, Lock));
  }
  E.CanPass = Drops.empty() || !Drops[0];
  for (ObjId Lock : Drops) {
    std::erase_if(E.Held, [&](const HeldLock &H) { return H.Lock == Lock; });
    E.Freed.push_back(Lock);
  }
}

void Walker::add(PathState &S, ObjId Counter, int64_t Delta, bool Known,
                 SourceSpan Loc) {
  if (!Counter)
    return;
  CounterState &C = S.counter(Counter);
  int By = Known ? Balance::add(0, Delta) : Balance::Many;
  C.Pending = Balance::add(C.Pending, By);
  C.Delta = Balance::add(C.Delta, By);
  if (Loc.isValid())
    C.Added = Loc;
}

/// What one operation on Obj tells about task T.
static bool tells(const Task &T, OpKind K, ObjId Obj) {
  switch (K) {
  case OpKind::Wait:
    // That one which it starts takes from what it adds itself says nothing.
    return T.takes(Obj) != 0 || T.doesItself(OpKind::Done, Obj);
  case OpKind::Join:
    return T.Handle == Obj;
  case OpKind::Recv:
  case OpKind::TryRecv:
    return T.does(OpKind::Send, Obj) || T.does(OpKind::TrySend, Obj) ||
           T.does(OpKind::Close, Obj) || T.does(OpKind::Cancel, Obj);
  case OpKind::Send:
  case OpKind::TrySend:
    return T.does(OpKind::Recv, Obj) || T.does(OpKind::TryRecv, Obj);
  case OpKind::CondWait:
    return T.does(OpKind::Signal, Obj) || T.does(OpKind::Broadcast, Obj);
  default:
    return false;
  }
}

void Walker::await(PathState &S, OpKind K, ObjId Obj) {
  if (!Obj)
    return;
  // Code that is not seen may have made any task end this wait.
  if (K == OpKind::Wait && S.isUnknown(U, Obj))
    S.Live.clear();
  if (K == OpKind::Wait) {
    if (std::find(S.Waited.begin(), S.Waited.end(), Obj) == S.Waited.end())
      S.Waited.push_back(Obj);
    if (const CounterState *C = S.findCounter(Obj)) {
      // More is pending than the tasks in sight take: who ends this wait, if
      // anybody, is not known, and what else they were waited for neither.
      if (C->Pending > 0)
        S.Live.clear();
      S.counter(Obj).Pending = 0;
    }
  }
  std::vector<LiveTask> Done;
  std::erase_if(S.Live, [&](const LiveTask &L) {
    if (!tells(Graph->Tasks[L.Task], K, Obj))
      return false;
    Done.push_back(L);
    return true;
  });
  awaitTasks(S, std::move(Done));
}

/// Whoever waits for a task waits for what that task waits for.
void Walker::awaitTasks(PathState &S, std::vector<LiveTask> Done) {
  for (size_t I = 0; I < Done.size(); ++I) {
    const Task &T = Graph->Tasks[Done[I].Task];
    std::erase_if(S.Live, [&](const LiveTask &L) {
      for (const Event &E : T.Events)
        if (tells(Graph->Tasks[L.Task], E.Kind, E.Obj)) {
          Done.push_back(L);
          return true;
        }
      return false;
    });
  }
}

/// O is out of sight, and so is every task that it could be used to wait for.
void Walker::loseTrack(PathState &S, ObjId O) {
  if (!O)
    return;
  handOn(S, O);
  if (ir::TypeClass C = U.object(O).Type;
      C != ir::TypeClass::Other && C != ir::TypeClass::Value)
    All.Counts.Escaped.insert(O);
  if (std::find(S.Unknown.begin(), S.Unknown.end(), O) == S.Unknown.end())
    S.Unknown.push_back(O);
  std::erase_if(S.Held,
                [&](const HeldLock &H) { return S.isUnknown(U, H.Lock); });
  std::erase_if(S.Live, [&](const LiveTask &L) {
    const Task &T = Graph->Tasks[L.Task];
    if (S.isUnknown(U, T.Handle) || S.isUnknown(U, T.Counted))
      return true;
    for (const Event &E : T.Events)
      if (E.Kind != OpKind::Read && E.Kind != OpKind::Write &&
          S.isUnknown(U, E.Obj))
        return true;
    return false;
  });
  S.Numbers.havoc(U, O);
}

/// O goes into a container, out of which nobody follows it: by it every task
/// that it is the handle of, or that uses it to tell something, may be waited
/// for. The handle says that of one task alone, which still runs beside others.
void Walker::putAway(PathState &S, ObjId O, unsigned Depth) {
  if (!O || Depth == 0)
    return;
  for (const auto &[Part, To] : S.Bindings) // a struct's thread, moved into it
    if (Part != O && isWithin(U, Part, O) && To.K == ir::Operand::Kind::Place &&
        To.Obj && !isWithin(U, To.Obj, O))
      putAway(S, To.Obj, Depth - 1);
  for (LiveTask &L : S.Live)
    if (ObjId Handle = Graph->Tasks[L.Task].Handle)
      L.IsStored |= isWithin(U, Handle, O);
  if (U.object(O).Type == ir::TypeClass::Channel)
    std::erase_if(S.Live, [&](const LiveTask &L) {
      return tells(Graph->Tasks[L.Task], OpKind::Recv, O);
    });
}

unsigned Walker::internTask(Task T) {
  for (unsigned I = 0; I < Graph->Tasks.size(); ++I)
    if (Graph->Tasks[I] == T)
      return I;
  Graph->Tasks.push_back(std::move(T));
  return Graph->Tasks.size() - 1;
}

void Walker::start(PathState &S, unsigned Index) {
  const Task &T = Graph->Tasks[Index];
  LiveTask L;
  L.Task = Index;
  L.IsDetached = false;
  std::vector<ObjId> Counters;
  auto Count = [&](ObjId C) {
    if (C && std::find(Counters.begin(), Counters.end(), C) == Counters.end())
      Counters.push_back(C);
  };
  Count(T.Counted);
  for (const Event &E : T.Events)
    if (E.Kind == OpKind::Add || E.Kind == OpKind::Done)
      Count(E.Obj);
  for (ObjId C : Counters) {
    const CounterState *Now = S.findCounter(C);
    L.Before.push_back({C, Now ? Now->Pending : 0});
    int Takes = T.takes(C);
    if (Takes) {
      CounterState &State = S.counter(C);
      State.Pending = Takes == Balance::Many
                          ? Balance::Many
                          : Balance::add(State.Pending, -Takes);
    }
  }
  addLive(S, std::move(L));
}

/// What was pending in a callee or a task when it started another, Before, was
/// on top of what is pending here.
void Walker::addPending(const PathState &S, std::vector<Balance> &Before) {
  for (Balance &B : Before)
    if (const CounterState *C = S.findCounter(B.Counter))
      B.Delta = Balance::add(B.Delta, C->Pending);
}

/// Started again before anybody has waited for it, a task is many.
void Walker::addLive(PathState &S, LiveTask L) {
  for (LiveTask &Known : S.Live)
    if (Known.Task == L.Task) {
      Known.IsMany = true;
      return;
    }
  S.Live.push_back(std::move(L));
}

/// Given names a reference or pointer, or what cannot be copied: what it
/// denotes is the giver's.
static bool isReference(const ir::Unit &U, ObjId Given) {
  if (!Given)
    return false;
  const ir::Object &O = U.object(Given);
  switch (O.Type) {
  case ir::TypeClass::Counter:
  case ir::TypeClass::Lock:
  case ir::TypeClass::Cond:
  case ir::TypeClass::Once:
    return true;
  default:
    return O.IsAlias;
  }
}

/// O is of the task Target's own copy of an argument, or of what its lambda
/// captured by value. Fn and Args as the spawn has them.
static bool isCopyOf(const ir::Unit &U, FuncId Target, ObjId O,
                     const ir::Callable &Fn,
                     const std::vector<ir::Operand> &Args) {
  ObjId Root = U.root(O);
  const ir::Object &Obj = U.object(Root);
  if (Obj.Owner != Target)
    return false;
  if (Obj.Kind == ir::ObjectKind::Capture)
    return !Obj.IsAlias;
  if (Obj.Kind == ir::ObjectKind::This)
    return !isReference(U, Fn.This);
  if (Obj.Kind != ir::ObjectKind::Param)
    return false;
  const std::vector<ObjId> &Params = U.function(Target).Params;
  size_t I = std::find(Params.begin(), Params.end(), Root) - Params.begin();
  const ir::Operand *A = I < Fn.Bound.size() ? &Fn.Bound[I]
                         : I - Fn.Bound.size() < Args.size()
                             ? &Args[I - Fn.Bound.size()]
                             : nullptr;
  return !Obj.IsAlias || !A || A->K != ir::Operand::Kind::Place ||
         !isReference(U, A->Obj);
}

void Walker::makeTask(const ir::Op &Op, PathState &S, Task &T,
                      std::vector<Heir> &Heirs) {
  for (const ir::Callable &Fn : whatRuns(S, Op.Fn))
    addToTask(Op, S, T, Fn, Heirs);
  if (T.Counted)
    for (TaskExit &X : T.Exits)
      std::erase_if(X.Balances, [&](const Balance &B) {
        return B.Counter == T.Counted && B.Delta == 0;
      });
}

/// Fn is what T runs, or one of several.
void Walker::addToTask(const ir::Op &Op, PathState &S, Task &T,
                       const ir::Callable &Fn, std::vector<Heir> &Heirs) {
  T.Name = Fn.Name;
  T.IsOpen |= Fn.Targets.empty();
  std::vector<ir::Operand> Args = resolveArgs(S, Fn, Op.Args);
  for (FuncId Target : Fn.Targets) {
    const Summary &Callee = summaryOf(Target, Args);
    if (!Callee.IsKnown) {
      T.IsOpen = true;
      continue;
    }
    Renaming Rename(U, S, Target, resolve(U, S, Fn.This), Args);
    auto Carry = [&](const std::vector<Event> &From, std::vector<Event> &To) {
      for (const Event &Own : From)
        if (std::optional<Event> E = Rename(Own)) {
          E->Requires.clear(); // By the time that it runs they may differ.
          // Handles and references are copied, what they refer to is not.
          E->OnCopy |=
              Own.Obj && isCopyOf(U, Target, Own.Obj,
                                  Op.Fn.Targets.empty() ? Fn : Op.Fn, Op.Args);
          To.push_back(std::move(*E));
        }
    };
    Carry(Callee.Events, T.Events);
    for (const Outcome &O : Callee.Outcomes) {
      if (!Rename.isPossible(O.Requires))
        continue;
      TaskExit X;
      X.Kind = O.Kind;
      X.Loc = O.Loc;
      X.Balances = Rename(O.Pending);
      X.IsCertain = O.IsCertain;
      T.Exits.push_back(std::move(X));
      for (const LiveTask &L : O.Live) {
        const Task &Left = Callee.Tasks[L.Task];
        Heir New{Rename(Left), L};
        New.What.Events.clear();
        Carry(Left.Events, New.What.Events);
        New.What.By.insert(New.What.By.begin(), Op.Loc);
        New.How.Before = Rename(L.Before);
        if (Heirs.size() < MaxHeirs)
          Heirs.push_back(std::move(New));
      }
    }
    T.Name = U.function(Target).Name;
  }
}

void Walker::spawn(const ir::Op &Op, PathState &S, unsigned Node) {
  Task T;
  T.Loc = Op.Loc;
  T.How = Op.How;
  T.Handle = resolve(U, S, Op.Obj);
  T.Counted = resolve(U, S, Op.Other);
  std::vector<Heir> Heirs;
  makeTask(Op, S, T, Heirs);
  if (!S.Owed.empty()) {
    for (const Event &E : T.Events)
      if (E.Kind == OpKind::Cancel)
        settle(S, E.Obj);
    // An object that it uses may hold a cancel function that it never calls.
    handOn(S, Op.Fn, 1);
    for (const ir::Operand &A : Op.Args)
      if (A.K != ir::Operand::Kind::Place ||
          U.object(A.Obj).Type == ir::TypeClass::Cancel ||
          U.object(A.Obj).Type == ir::TypeClass::Context)
        handOn(S, A);
  }
  if (T.IsOpen) {
    // Whatever the task is given, it may do anything to.
    openCall(Op, Op.Fn, S, Node);
    loseTrack(S, T.Counted);
    return;
  }
  for (const Event &E : T.Events)
    if (E.Kind == OpKind::Escape)
      loseTrack(S, E.Obj);
  noteJoinable(S, T.Handle, true);
  unsigned Index = internTask(std::move(T));
  Graph->Nodes[Node].Spawned = Index;
  Graph->Nodes[Node].Starts.push_back(Index);
  for (Heir &H : Heirs)
    addPending(S, H.How.Before);
  start(S, Index);
  // What they take from counters the task's own exits say already.
  for (Heir &H : Heirs) {
    H.How.Task = internTask(std::move(H.What));
    addLive(S, std::move(H.How));
  }
}

} // namespace heddle::summary
