//===- Blockage.cpp - Why a task does not go on ---------------------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "explore/Machine.h"

using namespace heddle;
using namespace heddle::explore;
using ir::OpKind;

/// The innermost loop around where a task is says what it expects: one without
/// a way out serves for as long as the program lives.
static bool servesForEver(const Network &Net, const Task &T) {
  for (auto F = T.Stack.rbegin(); F != T.Stack.rend(); ++F) {
    LoopKind Loop = Net.loopOf(F->Function, F->Block);
    if (Loop != LoopKind::None)
      return Loop == LoopKind::Endless;
  }
  return false;
}

Machine::Blockage Machine::blockage(State &S, unsigned T) {
  const Task &Ts = S.Tasks[T];
  int Env = Ts.Stack.back().Env;
  Blockage Out;
  const ir::Op *Op = nextOp(S, T);
  if (!Op) {
    // A select without a ready case: named after its first send, if any.
    const ir::Terminator &Term = terminator(S, T);
    Out.IsSelect = true;
    Out.Op = OpKind::Recv;
    Out.Loc = Term.Loc;
    std::vector<Port> Ports;
    ports(S, T, Ports);
    bool HasSend = false;
    Out.IsNil = true;
    for (const Port &P : Ports) {
      Out.Others.push_back(P.Cell);
      Out.IsNil &= P.Cell >= 0 && S.cell(P.Cell).is(Cell::Nil);
      if (Out.Cell < 0 || (P.IsSend && !HasSend)) {
        Out.Cell = P.Cell;
        Out.Place = Term.Cases[size_t(P.Case)].Channel;
      }
      HasSend |= P.IsSend;
    }
    if (HasSend)
      Out.Op = OpKind::Send;
    Out.IsNil &= !Ports.empty();
    Out.IsDaemon = !HasSend && !Out.IsNil && servesForEver(Net, Ts);
    if (Out.Cell >= 0)
      Out.Origin = S.cell(Out.Cell).Origin;
    return Out;
  }
  Out.Op = Op->Kind;
  Out.Loc = Op->Loc;
  Out.Place = Op->Obj;
  if (Op->Obj)
    Out.Cell = resolve(S, Env, Op->Obj);
  if (Out.Cell >= 0) {
    Out.Origin = S.cell(Out.Cell).Origin;
    Out.IsNil = S.cell(Out.Cell).is(Cell::Nil);
  }
  switch (Op->Kind) {
  case OpKind::Send:
    break;
  case OpKind::Recv: {
    // Who stops a ticker while the program goes on ends that service.
    Out.IsDaemon = !Out.IsNil && servesForEver(Net, Ts) &&
                   !(Out.Cell >= 0 && isTimer(S.cell(Out.Cell)) &&
                     S.cell(Out.Cell).is(Cell::Finished));
    // A value that says "the last one" is not known from others, if what comes
    // is looked at.
    const LoopEnd End = rangeEnd(Ts, Op->Result);
    Out.IsRange = End.ByResult && !End.Otherwise;
    Out.MayEnd = Net.isUsed(Op->Result) && End.ByData;
    break;
  }
  case OpKind::Wait:
    Out.IsShort = isShort(S, Out.Cell);
    break;
  case OpKind::Join:
  case OpKind::End:
    // Named after what does not come.
    if (Out.Cell >= 0 && isPromised(S, Out.Cell)) {
      Out.Op = OpKind::Broadcast;
    } else if (Out.Cell >= 0 && Out.Cell == Ts.Handle) {
      Out.MayEnd = mayKnowItself(Ts);
      Out.JoinsItself = !Out.MayEnd;
    }
    break;
  case OpKind::GuardMake:
  case OpKind::GuardLock: {
    // Named after the lock that is not free.
    Out.Op = OpKind::Lock;
    std::vector<std::pair<int, ObjId>> Locks;
    if (Op->Kind == OpKind::GuardMake) {
      for (const ir::Operand &A : Op->Args)
        if (A.K == ir::Operand::Kind::Place)
          Locks.push_back({resolve(S, Env, A.Obj), A.Obj});
    } else {
      for (int G : guardsOf(S, Env, *Op))
        for (int L : S.cell(G).Refs)
          Locks.push_back({L, S.cell(L).Origin});
    }
    for (auto [L, Place] : Locks)
      if (!isFree(S, L, T, Op->How == ir::Mode::Shared)) {
        Out.Cell = L;
        Out.Place = Place;
      }
    break;
  }
  case OpKind::CondWait:
    // Without a signal ever, nobody ends it; with one, what was not known may
    // as well have kept it from waiting.
    Out.MayEnd = Ts.At == Task::Phase::WaitingUnsure;
    if (Ts.At == Task::Phase::WaitingInDoubt)
      Out.MayEnd = Out.Cell >= 0 && S.cell(Out.Cell).is(Cell::Signalled);
    if (Ts.At == Task::Phase::Waiting || Ts.At == Task::Phase::WaitingInDoubt)
      Out.IsForEver = Op->How != ir::Mode::Timed && Out.Cell >= 0 &&
                      !S.cell(Out.Cell).is(Cell::Open) &&
                      Net.isNeverSignalled(Out.Origin);
    if (Ts.At == Task::Phase::Woken) {
      Out.Op = OpKind::Lock;
      Out.Cell = lockOfWait(S, Env, *Op);
      Out.Place = Out.Cell >= 0 ? S.cell(Out.Cell).Origin : Op->Other;
    }
    break;
  default:
    break;
  }
  // Whose handle waits in a container is known all the same.
  if (Op->Kind != OpKind::Join && Op->Kind != OpKind::End && Out.Cell >= 0 &&
      S.cell(Out.Cell).is(Cell::Open))
    Out.MayEnd = true;
  return Out;
}
