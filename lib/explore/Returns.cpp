//===- Returns.cpp - Ends of functions, of tasks and of the program -------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "explore/Machine.h"
#include <algorithm>

using namespace heddle;
using namespace heddle::explore;
using ir::OpKind;
using summary::Interval;

/// The pointers and handles of T that the call of Left got by reference become
/// what it set them to.
void Machine::giveBack(State &S, unsigned T, const Frame &Left) {
  const ir::Function &F = U.function(Left.Function);
  const ir::Op &Op = *nextOp(S, T);
  if (Op.Kind != OpKind::Call || Op.Args.size() != F.Params.size())
    return;
  const int Env = S.Tasks[T].Stack.back().Env;
  for (size_t I = 0; I < F.Params.size(); ++I) {
    const ir::Operand &A = Op.Args[I];
    if (!U.object(F.Params[I]).IsReference || A.K != ir::Operand::Kind::Place)
      continue;
    const int *Slot = S.Envs[size_t(Left.Env)].find(F.Params[I]);
    const int Now = Slot ? follow(S, *Slot) : -1;
    if (Now >= 0 && Now != resolve(S, Env, A.Obj))
      bind(S, Env, A.Obj, {Arg::Kind::Cell, Now, {}, false});
  }
}

void Machine::leave(State S, unsigned T, const ir::Operand &Value,
                    States &Out) {
  bool IsReturn = !nextOp(S, T);
  Arg Given;
  int Held = -1; // an optional, which goes over with what it holds
  if (IsReturn) {
    Frame Left = S.Tasks[T].Stack.back();
    Given = evaluate(S, Left.Env, Value);
    if (Value.K == ir::Operand::Kind::Place && Given.K == Arg::Kind::Cell &&
        U.object(Value.Obj).Type == ir::TypeClass::Value) {
      Held = Given.Index;
      Given.Number = S.Numbers.get(ObjId(uint32_t(Given.Index)));
      Given.IsLost = isLost(S, Given.Index);
      // A local of a function that is left is an unknown of nobody.
      Given.Roots = S.cell(Given.Index).Roots;
      Given.K = Arg::Kind::Number;
    }
    const ir::Function &F = U.function(Left.Function);
    if (S.Tasks[T].Stack.size() == 1) {
      if (S.Tasks[T].IsEntry) {
        record(S, T, OpKind::Yield, ObjId(), F.End.isValid() ? F.End : F.Loc,
               -1, Event::Kind::Return);
        S.EntryReturned = true;
        markOpen(S, Given); // the caller has it now
      } else if (S.Tasks[T].SpawnOp->How == ir::Mode::Async) {
        giveResult(S, S.Tasks[T].Handle, itemOf(S, Given, false), false);
      }
      endTask(S, T);
      Out.push_back(std::move(S));
      return;
    }
    S.Tasks[T].Stack.pop_back();
    giveBack(S, T, Left);
  }
  Frame &Top = S.Tasks[T].Stack.back();
  const ir::Op &Op = *nextOp(S, T);
  int Env = Top.Env;
  Interval Number = Given.K == Arg::Kind::Number ? Given.Number : Interval();
  if (!IsReturn && Op.Result)
    Given.Roots = rootsOfAnswer(S, Env, Op);
  switch (Op.Kind) {
  case OpKind::CondWait: {
    using Phase = Task::Phase;
    S.Tasks[T].At = Number == Interval::exactly(0) ? Phase::PredFalse
                    : Number.isExact()             ? Phase::PredTrue
                                                   : Phase::PredUnknown;
    break;
  }
  case OpKind::Once: {
    int C = resolve(S, Env, Op.Obj);
    if (C >= 0) {
      S.cell(C).put(Cell::Running, false);
      S.cell(C).put(Cell::Finished);
      S.cell(C).Holder = -1;
    }
    advance(S, T);
    break;
  }
  default:
    if (Op.Result) {
      if (U.object(Op.Result).Type == ir::TypeClass::Value) {
        int R = resolve(S, Env, Op.Result);
        setNumber(S, R, Number, Given.Roots);
        S.cell(R).put(Cell::Lost, Given.IsLost);
        if (Held >= 0)
          shareContent(S, Held, R);
      } else
        bind(S, Env, Op.Result, Given);
    }
    advance(S, T);
  }
  Out.push_back(std::move(S));
}

void Machine::endTask(State &S, unsigned T) {
  Task &Ts = S.Tasks[T];
  Ts.State = Task::Status::Done;
  Ts.Stack.clear();
  if (Ts.Handle >= 0 && S.cell(Ts.Handle).Count > 0)
    --S.cell(Ts.Handle).Count;
  if (Ts.Counter >= 0) {
    Cell &C = S.cell(Ts.Counter);
    --C.Count;
    ObjId Place = Ts.SpawnOp->Other;
    if (C.Count < 0 && !C.is(Cell::Open))
      fail(S, T, FaultKind::NegativeCounter, Place, Ts.SpawnOp->Loc,
           Ts.Counter);
    else
      record(S, T, OpKind::Done, Place, Ts.SpawnOp->Loc, Ts.Counter,
             Event::Kind::TaskEnd);
    endWaits(S, Ts.Counter);
  }
}

void Machine::terminate(State &S) {
  for (Task &T : S.Tasks) {
    T.State = Task::Status::Done;
    T.Stack.clear();
    T.Handle = T.Counter = -1;
  }
}

//===----------------------------------------------------------------------===//
// Exceptions
//===----------------------------------------------------------------------===//

/// The top function of T leaves by an exception.
void Machine::unwind(State S, unsigned T, States &Out) {
  Task &Ts = S.Tasks[T];
  while (true) {
    if (U.function(Ts.Stack.back().Function).IsNoexcept) {
      terminate(S);
      break;
    }
    if (Ts.Stack.size() == 1) {
      // A goroutine's panic is its own; a thread's and main's end the program.
      bool EndsAll = Ts.IsEntry ? U.function(Ts.Root).IsMain
                                : Ts.SpawnOp->How == ir::Mode::Thread;
      if (EndsAll) {
        terminate(S);
      } else {
        S.EntryReturned |= Ts.IsEntry;
        if (!Ts.IsEntry && Ts.SpawnOp->How == ir::Mode::Async)
          giveResult(S, Ts.Handle, -1, true);
        endTask(S, T);
      }
      break;
    }
    Ts.Stack.pop_back();
    const ir::Op *Op = nextOp(S, T);
    if (Op->Kind == OpKind::Once) {
      int C = resolve(S, Ts.Stack.back().Env, Op->Obj);
      S.cell(C).put(Cell::Running, false);
      S.cell(C).Holder = -1;
    }
    Ts.At = Task::Phase::Start;
    if (Op->Unwind) {
      jump(S, T, Op->Unwind);
      break;
    }
  }
  Out.push_back(std::move(S));
}
