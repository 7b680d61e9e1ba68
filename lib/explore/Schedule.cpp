//===- Schedule.cpp - Can a task go on, and does the moment matter? -------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "explore/Machine.h"

using namespace heddle;
using namespace heddle::explore;
using ir::OpKind;
using ir::Terminator;

bool Machine::enabled(State &S, unsigned T) {
  Task &Ts = S.Tasks[T];
  if (Ts.State == Task::Status::Done || Ts.State == Task::Status::Spins)
    return false;
  if (Ts.State == Task::Status::Paused)
    return true;
  int Env = Ts.Stack.back().Env;
  const ir::Op *Op = nextOp(S, T);
  if (!Op) {
    const Terminator &Term = terminator(S, T);
    if (Term.K != Terminator::Kind::Select)
      return true;
    for (const ir::SelectCase &C : Term.Cases)
      if (C.K == ir::SelectCase::Kind::Default ||
          C.K == ir::SelectCase::Kind::Timeout)
        return true;
    std::vector<Port> Ports;
    ports(S, T, Ports);
    for (const Port &P : Ports)
      if (P.IsSend ? canSend(S, P.Cell, T) : canRecv(S, P.Cell, T))
        return true;
    return false;
  }
  switch (Op->Kind) {
  case OpKind::Send:
  case OpKind::Recv: {
    if (Op->How == ir::Mode::Timed)
      return true;
    std::vector<Port> Ports;
    ports(S, T, Ports);
    return Op->Kind == OpKind::Send ? canSend(S, Ports[0].Cell, T)
                                    : canRecv(S, Ports[0].Cell, T);
  }
  case OpKind::Add: {
    int C = Op->Obj ? resolve(S, Env, Op->Obj) : -1;
    return C < 0 || !isLimited(S, C) || S.cell(C).Count < S.cell(C).Capacity;
  }
  case OpKind::Wait: {
    if (Op->How == ir::Mode::Timed || !Op->Obj)
      return true;
    return S.cell(resolve(S, Env, Op->Obj)).Count <= 0;
  }
  case OpKind::Join:
  case OpKind::End:
    return mayPassJoin(S, T, *Op);
  case OpKind::Once: {
    if (!Op->Obj)
      return true;
    const Cell &C = S.cell(resolve(S, Env, Op->Obj));
    return !C.is(Cell::Running);
  }
  case OpKind::Lock:
  case OpKind::GuardMake:
  case OpKind::GuardLock:
    return lockEnabled(S, T, *Op);
  case OpKind::CondWait:
    return condEnabled(S, T, *Op);
  default:
    return true;
  }
}

bool Machine::mustInterleave(State &S, unsigned T) {
  const Task &Ts = S.Tasks[T];
  if (Ts.State != Task::Status::Runs)
    return true;
  if (aloneToKnow(S, T))
    return false;
  int Env = Ts.Stack.back().Env;
  // Most operations are decided without it.
  std::optional<Future> Known;
  auto Others = [&]() -> const Future & {
    if (!Known)
      Known = othersFuture(S, T);
    return *Known;
  };
  auto OthersDo = [&](std::initializer_list<OpKind> Kinds) {
    if (!Bounds.Reduce)
      return true;
    for (OpKind K : Kinds)
      if (Others().Ops & Future::bit(K))
        return true;
    return false;
  };
  auto ReadsShared = [&](const ir::ExprRef &E) {
    return summary::mentions(E, [&](ObjId O) {
      return (Others().Writes & Net.valueBit(O)) &&
             isShared(S, resolve(S, Env, O), T);
    });
  };
  const ir::Op *Op = nextOp(S, T);
  if (!Op) {
    const Terminator &Term = terminator(S, T);
    switch (Term.K) {
    case Terminator::Kind::Select:
      break;
    case Terminator::Kind::Exit:
    case Terminator::Kind::Unreachable:
      return true; // ends what the others would still have done
    case Terminator::Kind::Throw:
    case Terminator::Kind::Resume:
      return Term.Succs.empty(); // may end the program
    default:
      return ReadsShared(Term.Cond);
    }
    std::vector<Port> Ports;
    ports(S, T, Ports);
    for (const Port &P : Ports)
      if (P.Cell >= 0 && isShared(S, P.Cell, T))
        return true;
    return false;
  }
  // To name some element opens them all: not for an op that says which.
  bool Names = Op->Obj && Op->Kind != OpKind::Bind;
  int C = Names ? resolve(S, Env, Op->Obj) : -1;
  bool Shared = C >= 0 && isShared(S, C, T);
  switch (Op->Kind) {
  case OpKind::Send:
  case OpKind::TrySend:
  case OpKind::Recv:
  case OpKind::TryRecv: {
    std::vector<Port> Ports;
    ports(S, T, Ports);
    return channelMatters(S, T, Ports[0].Cell, !Ports[0].IsSend);
  }
  case OpKind::Close:
    // One that fails ends the way, and what others would still have done on it.
    return Shared && (S.cell(C).is(Cell::Closed) ||
                      OthersDo({OpKind::Send, OpKind::TrySend, OpKind::Recv,
                                OpKind::TryRecv, OpKind::Close}));
  case OpKind::Cancel:
    if (C >= 0 && U.object(Op->Obj).Type == ir::TypeClass::Timer)
      return isAwaited(S, C) ||
             (Shared &&
              OthersDo({OpKind::Recv, OpKind::TryRecv, OpKind::Cancel}));
    return Shared && OthersDo({OpKind::Recv, OpKind::TryRecv});
  case OpKind::Add:
    return Shared && (isLimited(S, C) || OthersDo({OpKind::Wait}));
  case OpKind::Done:
    return Shared && !Bounds.Reduce;
  case OpKind::Wait:
    return Shared && OthersDo({OpKind::Add});
  case OpKind::Join:
    return !Bounds.Reduce || (Shared && Op->How == ir::Mode::Timed);
  case OpKind::Spawn:
    return !Bounds.Reduce;
  case OpKind::Call:
    // When others have come to where they wait, it waits for none of them.
    return !S.OrderLost && mayWaitForOthers(S, T, *Op);
  case OpKind::Lock:
  case OpKind::TryLock:
    return Shared;
  case OpKind::GuardMake:
    for (const ir::Operand &A : Op->Args)
      if (A.K == ir::Operand::Kind::Place &&
          isShared(S, resolve(S, Env, A.Obj), T))
        return Op->Guard == ir::GuardMode::Acquire ||
               Op->Guard == ir::GuardMode::Try || !Bounds.Reduce;
    return false;
  case OpKind::GuardLock:
  case OpKind::GuardTryLock:
    return true;
  case OpKind::Unlock:
    // Another's lock: that changes what the other does next.
    if (Shared && S.cell(C).Holder != int(T) && S.cell(C).Refs.empty())
      return true;
    [[fallthrough]];
  case OpKind::GuardUnlock:
  case OpKind::GuardEnd:
    // Others can only wait for it, except who merely tries.
    return OthersDo({OpKind::TryLock, OpKind::GuardTryLock}) ||
           ((Others().Ops & Future::bit(OpKind::GuardMake)) &&
            OthersDo({OpKind::GuardMake}));
  case OpKind::CondWait:
    return Shared && (Ts.At == Task::Phase::Woken ||
                      (Ts.At != Task::Phase::Start &&
                       OthersDo({OpKind::Signal, OpKind::Broadcast})) ||
                      (Ts.At == Task::Phase::Start && !Op->Fn.isPresent()));
  case OpKind::Signal:
  case OpKind::Broadcast:
    // Who does not just try to get what was promised can only wait for it.
    if (C >= 0 && isPromise(Op->Obj)) {
      int State = S.findPart(C, Net.contentKey());
      return State >= 0 && isShared(S, State, T) && OthersDo({OpKind::Join});
    }
    return Shared && OthersDo({OpKind::CondWait});
  case OpKind::Once:
    return Shared && !S.cell(C).is(Cell::Finished);
  case OpKind::Set:
    if (setsItself(S, Env, *Op))
      return false;
    if (Shared && (Others().Reads & Net.valueBit(Op->Obj)))
      return true;
    for (const ir::Operand &A : Op->Args)
      if (ReadsShared(A.Value))
        return true;
    return false;
  case OpKind::Atomic:
    return Shared && ((isLoad(*Op) ? 0 : Others().Reads) | Others().Writes) &
                         Net.valueBit(Op->Obj);
  case OpKind::Havoc:
    return Shared && (Others().Reads & Net.valueBit(Op->Obj));
  default:
    return false;
  }
}
