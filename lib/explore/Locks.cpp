//===- Locks.cpp - Locks, conditions, counters, handles, once -------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "explore/Machine.h"
#include <algorithm>

using namespace heddle;
using namespace heddle::explore;
using ir::GuardMode;
using ir::Mode;
using ir::OpKind;
using summary::Interval;
using Phase = Task::Phase;

//===----------------------------------------------------------------------===//
// One lock
//===----------------------------------------------------------------------===//

bool Machine::isFree(const State &S, int Cell, unsigned T, bool Shared) const {
  const auto &C = S.cell(Cell);
  if (C.is(Cell::Summarised))
    return true;
  if (C.Holder != -1)
    return C.Holder == int(T) && U.object(C.Origin).IsRecursive;
  return Shared || C.Refs.empty();
}

void Machine::acquire(State &S, int Cell, unsigned T, bool Shared) {
  auto &C = S.cell(Cell);
  if (C.is(Cell::Summarised))
    return;
  if (Shared) {
    C.Refs.push_back(int(T));
    return;
  }
  C.Depth = C.Holder == int(T) ? C.Depth + 1 : 1;
  C.Holder = int(T);
  if (C.Depth > 20)
    S.cut(Bound::Counts);
}

void Machine::release(State &S, int Cell, unsigned T, bool Shared) {
  auto &C = S.cell(Cell);
  if (C.is(Cell::Summarised))
    return;
  if (Shared || C.Holder == -1) {
    auto It = std::find(C.Refs.begin(), C.Refs.end(), int(T));
    if (It == C.Refs.end())
      It = C.Refs.begin();
    if (It != C.Refs.end())
      C.Refs.erase(It);
    return;
  }
  if (--C.Depth <= 0) {
    C.Holder = -1;
    C.Depth = 0;
  }
}

//===----------------------------------------------------------------------===//
// Guards, and what stands for one
//===----------------------------------------------------------------------===//

/// Guard is a guard's or a lock's cell.
bool Machine::areFree(const State &S, int Guard, unsigned T) const {
  const Cell &G = S.cell(Guard);
  if (G.Capacity != RefsAreCells)
    return isFree(S, Guard, T, false);
  for (int L : G.Refs)
    if (!isFree(S, L, T, G.is(Cell::SharedMode)))
      return false;
  return true;
}

void Machine::acquireAll(State &S, int Guard, unsigned T) {
  if (S.cell(Guard).Capacity != RefsAreCells)
    return acquire(S, Guard, T, false);
  S.cell(Guard).put(Cell::Holding);
  bool Shared = S.cell(Guard).is(Cell::SharedMode);
  std::vector<int> Locks = S.cell(Guard).Refs;
  for (int L : Locks)
    acquire(S, L, T, Shared);
}

void Machine::releaseAll(State &S, int Guard, unsigned T) {
  if (S.cell(Guard).Capacity != RefsAreCells) {
    if (U.object(S.cell(Guard).Origin).Type != ir::TypeClass::Guard)
      release(S, Guard, T, false);
    return;
  }
  if (!S.cell(Guard).is(Cell::Holding))
    return;
  S.cell(Guard).put(Cell::Holding, false);
  bool Shared = S.cell(Guard).is(Cell::SharedMode);
  std::vector<int> Locks = S.cell(Guard).Refs;
  for (int L : Locks)
    release(S, L, T, Shared);
}

bool Machine::lockEnabled(State &S, unsigned T, const ir::Op &Op) {
  int Env = S.Tasks[T].Stack.back().Env;
  switch (Op.Kind) {
  case OpKind::Lock:
    return Op.How == Mode::Timed || !Op.Obj ||
           isFree(S, resolve(S, Env, Op.Obj), T, Op.How == Mode::Shared);
  case OpKind::GuardMake:
    if (Op.Guard != GuardMode::Acquire || Op.How == Mode::Timed)
      return true;
    for (const ir::Operand &A : Op.Args)
      if (A.K == ir::Operand::Kind::Place &&
          !isFree(S, resolve(S, Env, A.Obj), T, Op.How == Mode::Shared))
        return false;
    return true;
  case OpKind::GuardLock:
    return Op.How == Mode::Timed || !Op.Obj ||
           areFree(S, resolve(S, Env, Op.Obj), T);
  case OpKind::CondWait:
    switch (S.Tasks[T].At) {
    case Phase::Waiting:
    case Phase::WaitingUnsure:
      return Op.How == Mode::Timed || !Op.Obj ||
             S.cell(resolve(S, Env, Op.Obj)).is(Cell::Open);
    case Phase::Woken:
      if (int L = lockOfWait(S, Env, Op); L >= 0)
        return areFree(S, L, T);
      return true;
    default:
      return true;
    }
  default:
    return true;
  }
}

void Machine::lockOp(State S, unsigned T, const ir::Op &Op, States &Out) {
  int Env = S.Tasks[T].Stack.back().Env;
  int C = Op.Obj ? resolve(S, Env, Op.Obj) : -1;
  // Both outcomes where only the run can tell, else what is so now.
  auto Try = [&](bool IsFree, bool IsUnsure, auto Take) {
    if (!IsFree || IsUnsure) {
      State No = S;
      setResult(No, Env, Op.Result, Interval::exactly(0));
      advance(No, T);
      Out.push_back(std::move(No));
    }
    if (IsFree) {
      Take();
      setResult(S, Env, Op.Result, Interval::exactly(1));
      advance(S, T);
      Out.push_back(std::move(S));
    }
  };
  if (C < 0) {
    setResult(S, Env, Op.Result, {0, 1});
    advance(S, T);
    Out.push_back(std::move(S));
    return;
  }
  bool Shared = Op.How == Mode::Shared;
  bool IsOpen = S.cell(C).is(Cell::Open);
  switch (Op.Kind) {
  case OpKind::Lock:
  case OpKind::TryLock:
    record(S, T, Op, C);
    return Try(isFree(S, C, T, Shared),
               Op.How == Mode::Timed || (Op.Kind == OpKind::TryLock && IsOpen),
               [&] { acquire(S, C, T, Shared); });
  case OpKind::Unlock:
    release(S, C, T, Shared);
    record(S, T, Op, C);
    break;
  case OpKind::GuardMake: {
    std::vector<int> Locks;
    for (const ir::Operand &A : Op.Args)
      if (A.K == ir::Operand::Kind::Place)
        Locks.push_back(resolve(S, Env, A.Obj));
    auto &G = S.cell(C);
    G.put(Cell::Open, G.is(Cell::Summarised));
    G.put(Cell::SharedMode, Shared);
    G.put(Cell::Holding, Op.Guard == GuardMode::Adopt);
    G.Capacity = RefsAreCells;
    G.Refs = Locks;
    if (Op.Guard == GuardMode::Acquire || Op.Guard == GuardMode::Try) {
      for (int L : Locks)
        record(S, T, OpKind::Lock, S.cell(L).Origin, Op.Loc, L);
      return Try(
          areFree(S, C, T),
          Op.How == Mode::Timed ||
              (Op.Guard == GuardMode::Try &&
               std::any_of(Locks.begin(), Locks.end(),
                           [&](int L) { return S.cell(L).is(Cell::Open); })),
          [&] { acquireAll(S, C, T); });
    }
    break;
  }
  case OpKind::GuardLock:
  case OpKind::GuardTryLock:
    for (int L : S.cell(C).Refs)
      record(S, T, OpKind::Lock, S.cell(L).Origin, Op.Loc, L);
    return Try(areFree(S, C, T),
               Op.How == Mode::Timed || Op.Kind == OpKind::GuardTryLock,
               [&] { acquireAll(S, C, T); });
  case OpKind::GuardUnlock:
  case OpKind::GuardEnd:
    if (S.cell(C).is(Cell::Holding) && S.cell(C).Capacity == RefsAreCells)
      for (int L : S.cell(C).Refs)
        record(S, T, OpKind::Unlock, S.cell(L).Origin, Op.Loc, L);
    releaseAll(S, C, T);
    if (Op.Kind == OpKind::GuardEnd && S.cell(C).Capacity == RefsAreCells)
      S.cell(C).Refs.clear();
    break;
  case OpKind::GuardRelease:
    S.cell(C).put(Cell::Holding, false);
    if (S.cell(C).Capacity == RefsAreCells)
      S.cell(C).Refs.clear();
    break;
  case OpKind::GuardMove: {
    if (!Op.Other)
      break;
    int From = resolve(S, Env, Op.Other);
    if (From == C || S.cell(From).Capacity != RefsAreCells)
      break;
    auto &To = S.cell(C);
    auto &Was = S.cell(From);
    To.Flags = Was.Flags;
    To.Capacity = RefsAreCells;
    To.Refs = std::move(Was.Refs);
    Was.Refs.clear();
    Was.put(Cell::Holding, false);
    break;
  }
  default:
    break;
  }
  advance(S, T);
  Out.push_back(std::move(S));
}

//===----------------------------------------------------------------------===//
// Conditions
//===----------------------------------------------------------------------===//

int Machine::lockOfWait(State &S, int Env, const ir::Op &Wait) {
  if (Wait.Other)
    return resolve(S, Env, Wait.Other);
  if (!Wait.Obj)
    return -1;
  const Cell &Cond = S.cell(resolve(S, Env, Wait.Obj));
  return Cond.Capacity == RefsAreCells && !Cond.Refs.empty() ? Cond.Refs[0]
                                                             : -1;
}

void Machine::condWait(State S, unsigned T, const ir::Op &Op, States &Out) {
  int Env = S.Tasks[T].Stack.back().Env;
  int Cond = Op.Obj ? resolve(S, Env, Op.Obj) : -1;
  int Lock = lockOfWait(S, Env, Op);
  auto StartWaiting = [&](State &In, Phase As) {
    if (Lock >= 0)
      releaseAll(In, Lock, T);
    else // Who needs the lock may go on, or not.
      loseOrder(In, T);
    In.Tasks[T].At = As;
    if (Cond >= 0)
      record(In, T, Op, Cond);
  };
  auto GoOn = [&](State &In, Interval Result) {
    setResult(In, Env, Op.Result, Result);
    advance(In, T);
    Out.push_back(std::move(In));
  };
  switch (S.Tasks[T].At) {
  case Phase::Start:
    if (Op.Fn.isPresent())
      return invoke(std::move(S), T, Op.Fn, -1, {}, Out);
    StartWaiting(S, Phase::Waiting);
    break;
  case Phase::PredTrue:
    return GoOn(S, Interval::exactly(1));
  case Phase::PredFalse:
    StartWaiting(S, Phase::Waiting);
    break;
  case Phase::PredUnknown: {
    S.IsUncertain = true;
    State True = S;
    GoOn(True, Interval::exactly(1));
    StartWaiting(S, Phase::WaitingUnsure);
    break;
  }
  case Phase::Waiting:
  case Phase::WaitingUnsure: // gives up, or unseen code wakes it
    if (Op.How != Mode::Timed)
      loseOrder(S, T);
    S.Tasks[T].At = Phase::Woken;
    break;
  case Phase::Woken:
    if (Lock >= 0)
      acquireAll(S, Lock, T);
    if (!Op.Fn.isPresent())
      return GoOn(S, {0, 1});
    if (Op.How == Mode::Timed) {
      State GivesUp = S;
      GoOn(GivesUp, Interval::exactly(0));
    }
    S.Tasks[T].At = Phase::Start;
    break;
  }
  Out.push_back(std::move(S));
}

/// Signal and broadcast.
void Machine::wake(State S, unsigned T, const ir::Op &Op, States &Out) {
  int Cond = -1;
  std::vector<unsigned> Waiters;
  if (Op.Obj) {
    Cond = resolve(S, S.Tasks[T].Stack.back().Env, Op.Obj);
    S.cell(Cond).put(Cell::Signalled);
    record(S, T, Op, Cond);
    for (unsigned I = 0; I < S.Tasks.size(); ++I) {
      Task &Other = S.Tasks[I];
      if (I == T || Other.State != Task::Status::Runs ||
          (Other.At != Phase::Waiting && Other.At != Phase::WaitingUnsure))
        continue;
      const ir::Op *Wait = nextOp(S, I);
      if (Wait && Wait->Obj &&
          resolve(S, Other.Stack.back().Env, Wait->Obj) == Cond)
        Waiters.push_back(I);
    }
  }
  advance(S, T);
  if (Op.Kind == OpKind::Broadcast || Waiters.empty()) {
    for (unsigned I : Waiters)
      S.Tasks[I].At = Phase::Woken;
    Out.push_back(std::move(S));
    return;
  }
  for (unsigned I : Waiters) {
    State Next = S;
    Next.Tasks[I].At = Phase::Woken;
    Out.push_back(std::move(Next));
  }
}

//===----------------------------------------------------------------------===//
// Counters, handles, once
//===----------------------------------------------------------------------===//

/// Add(n): with n taken to be some small number, too few tasks for it show. To
/// be right, that must not hang on anything else that is not known.
void Machine::guessAmount(const State &S, unsigned T, const ir::Op &Op,
                          States &Out) {
  const ir::ExprRef &Amount = Op.Args.empty() ? nullptr : Op.Args[0].Value;
  if (!Amount || Amount->Kind != ir::ExprKind::Var || S.IsGuess)
    return;
  State Look = S;
  int Env = S.Tasks[T].Stack.back().Env;
  int N = resolve(Look, Env, Amount->Obj);
  Interval Known = Look.Numbers.get(ObjId(uint32_t(N)));
  if (Known.isExact() || isShared(Look, N, T) ||
      Look.cell(N).is(Cell::Summarised) || Look.cell(N).is(Cell::Lost) ||
      Look.cell(resolve(Look, Env, Op.Obj)).is(Cell::Open))
    return;
  constexpr int64_t Most = 3;
  for (int64_t V = std::max<int64_t>(Known.Lo, 1); V <= Most && V <= Known.Hi;
       ++V) {
    State Next = Look;
    Next.IsGuess = Next.IsUncertain = true;
    setNumber(Next, N, Interval::exactly(V), false);
    counterOp(std::move(Next), T, Op, Out);
  }
}

void Machine::counterOp(State S, unsigned T, const ir::Op &Op, States &Out) {
  int Env = S.Tasks[T].Stack.back().Env;
  setResult(S, Env, Op.Result, {0, 1});
  if (!Op.Obj) {
    advance(S, T);
    Out.push_back(std::move(S));
    return;
  }
  int C = resolve(S, Env, Op.Obj);
  // A reference that nothing was seen to bind.
  if (!S.cell(C).is(Cell::Made) && U.object(S.cell(C).Origin).IsAlias)
    S.cell(C).put(Cell::Open);
  if (Op.Kind == OpKind::Add)
    guessAmount(S, T, Op, Out);
  if (Op.Kind == OpKind::Wait) {
    if (S.cell(C).is(Cell::Open))
      loseOrder(S, T);
  } else {
    Interval By = Interval::exactly(-1);
    if (Op.Kind == OpKind::Add)
      By = Op.Args.empty() ? Interval::exactly(1)
                           : evaluate(S, Env, Op.Args[0].Value);
    auto &Counter = S.cell(C);
    constexpr int64_t MostCounted = 1000;
    if (!By.isExact() || By.Lo < -MostCounted || By.Lo > MostCounted)
      Counter.put(Cell::Open);
    else
      Counter.Count += By.Lo;
    if (Counter.is(Cell::Open))
      Counter.Count = std::max<int64_t>(Counter.Count, 0);
    if (Counter.Count > MostCounted)
      S.cut(Bound::Counts);
    if (Counter.Count < 0) {
      if (S.OrderLost)
        S.cut(Bound::Order);
      else
        fail(S, T, FaultKind::NegativeCounter, Op.Obj, Op.Loc, C);
      Out.push_back(std::move(S));
      return;
    }
  }
  record(S, T, Op, C);
  advance(S, T);
  Out.push_back(std::move(S));
}

bool Machine::isJoin(const ir::Op &Op) const {
  return Op.Kind == OpKind::Join ||
         (Op.Kind == OpKind::End && Op.Obj && U.object(Op.Obj).JoinsAtEnd &&
          U.object(Op.Obj).Type == ir::TypeClass::Task);
}

void Machine::join(State S, unsigned T, const ir::Op &Op, States &Out) {
  if (!Op.Obj) {
    loseOrder(S, T);
    advance(S, T);
    Out.push_back(std::move(S));
    return;
  }
  int C = resolve(S, S.Tasks[T].Stack.back().Env, Op.Obj);
  bool IsUnknown = !S.cell(C).is(Cell::Joinable) &&
                   (Op.Kind == OpKind::Join || S.cell(C).is(Cell::Open));
  if (IsUnknown)
    loseOrder(S, T);
  record(S, T, OpKind::Join, Op.Obj, Op.Loc, C);
  if (Op.Kind == OpKind::End)
    return plain(std::move(S), T, Op, Out);
  setResult(S, S.Tasks[T].Stack.back().Env, Op.Result, {0, 1});
  advance(S, T);
  Out.push_back(std::move(S));
}

void Machine::once(State S, unsigned T, const ir::Op &Op, States &Out) {
  int Env = S.Tasks[T].Stack.back().Env;
  int C = Op.Obj ? resolve(S, Env, Op.Obj) : -1;
  bool IsOpen = C < 0 || S.cell(C).is(Cell::Open);
  bool IsDone = C >= 0 && S.cell(C).is(Cell::Finished);
  if (IsDone || IsOpen) {
    State Skip = S;
    advance(Skip, T);
    Out.push_back(std::move(Skip));
    if (IsDone)
      return;
    S.IsUncertain = true;
  }
  if (C >= 0) {
    S.cell(C).put(Cell::Running);
    S.cell(C).Holder = int(T);
  }
  std::vector<Arg> Args;
  for (const ir::Operand &A : Op.Args)
    Args.push_back(evaluate(S, Env, A));
  invoke(std::move(S), T, Op.Fn, -1, Args, Out);
}
