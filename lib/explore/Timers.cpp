//===- Timers.cpp - Contexts and timers -----------------------------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What ends, or sends, by itself. A timer's cell is the channel that it sends
// on: Cell::TimesOut says so, Count is 1 while it has a time to give, now or
// after a while, and Capacity 1 says that it gives one only. Whether that is in
// the channel already makes no difference: who receives waits for it, who
// merely tries can always miss it, and stopping takes it back.
// A timer that calls a function is the handle of a task that is paused until
// it fires.
//
//===----------------------------------------------------------------------===//
#include "explore/Machine.h"
#include <algorithm>

using namespace heddle;
using namespace heddle::explore;
using ir::Mode;
using summary::Interval;

bool Machine::isContext(const Cell &C) const {
  return C.Origin && U.object(C.Origin).Type == ir::TypeClass::Context;
}

bool Machine::isTimer(const Cell &C) const {
  return C.is(Cell::TimesOut) && !isContext(C);
}

//===----------------------------------------------------------------------===//
// Contexts
//===----------------------------------------------------------------------===//

static int parentOf(const Cell &Context) {
  return Context.Refs.empty() || Context.Capacity != RefsAreCells
             ? -1
             : Context.Refs[0];
}

bool Machine::isCancelled(const State &S, int Cell) const {
  for (unsigned I = 0; I < 32 && Cell >= 0; ++I) {
    if (S.cell(Cell).is(Cell::Closed))
      return true;
    Cell = parentOf(S.cell(Cell));
  }
  return false;
}

/// Context, or one that it was derived from, has one of Flags.
static bool hasAny(const State &S, int Context, unsigned Flags) {
  for (; Context >= 0; Context = parentOf(S.cell(Context)))
    if (S.cell(Context).Flags & Flags)
      return true;
  return false;
}

bool Machine::mayTimeOut(const State &S, int At) const {
  return hasAny(S, At, Cell::TimesOut);
}

/// It has, or its time is up, or somebody unseen has ended it.
bool Machine::mayHaveEnded(const State &S, int At) const {
  return hasAny(S, At, Cell::Closed | Cell::TimesOut | Cell::Open);
}

void Machine::derive(State S, unsigned T, const ir::Op &Op, States &Out) {
  if (Op.Obj) {
    int Env = S.Tasks[T].Stack.back().Env;
    Arg Parent;
    if (!Op.Args.empty())
      Parent = evaluate(S, Env, Op.Args[0]);
    ir::Op AsMake = Op;
    AsMake.Args.clear();
    AsMake.How = Mode::Plain;
    make(S, Env, AsMake);
    Cell &C = S.cell(resolve(S, Env, Op.Obj));
    C.Capacity = RefsAreCells;
    C.put(Cell::TimesOut, Op.How == Mode::Timed);
    C.Refs.clear();
    if (Parent.K == Arg::Kind::Cell)
      C.Refs.push_back(Parent.Index);
    else if (!Op.Args.empty())
      C.put(Cell::Open);
  }
  advance(S, T);
  Out.push_back(std::move(S));
}

//===----------------------------------------------------------------------===//
// Cancel, stop and restart
//===----------------------------------------------------------------------===//

/// T is a timer's function that the timer has not called yet.
bool Machine::isYetToFire(const Task &T) const {
  return T.State == Task::Status::Paused && T.SpawnOp &&
         T.SpawnOp->How == Mode::Timer && T.Stack.size() == 1 &&
         T.Stack[0].Block == Net.skipEmpty(T.Stack[0].Function, 0) &&
         T.Stack[0].Op == 0;
}

bool Machine::isAwaited(const State &S, int Handle) const {
  return std::any_of(S.Tasks.begin(), S.Tasks.end(), [&](const Task &T) {
    return T.Handle == Handle && isYetToFire(T);
  });
}

/// What T does it does at the end of some scope.
bool Machine::isLeaving(const State &S, unsigned T) const {
  for (const Frame &F : S.Tasks[T].Stack) {
    const auto &Ops = U.function(F.Function).Blocks[F.Block].Ops;
    if (F.Op < Ops.size() && Ops[F.Op].Deferred)
      return true;
  }
  return false;
}

void Machine::cancel(State S, unsigned T, const ir::Op &Op, States &Out) {
  int Env = S.Tasks[T].Stack.back().Env;
  int C = Op.Obj ? resolve(S, Env, Op.Obj) : -1;
  bool StartsAgain = Op.How == Mode::Timed;
  auto Record = [&] {
    record(S, T, StartsAgain ? ir::OpKind::Make : Op.Kind, Op.Obj, Op.Loc, C);
  };
  Interval InTime{0, 1}; // it came before the time was taken or the call made
  if (C >= 0 && isTimer(S.cell(C))) {
    if (!S.cell(C).is(Cell::Open))
      InTime = Interval::exactly(S.cell(C).Count);
    S.cell(C).Count = StartsAgain;
    S.cell(C).put(Cell::Finished,
                  !StartsAgain && !ticksOnce(S.cell(C)) && !isLeaving(S, T));
    Record();
  } else if (C >= 0 && U.object(Op.Obj).Type == ir::TypeClass::Timer) {
    bool Waits = isAwaited(S, C);
    if (!S.cell(C).is(Cell::Open))
      InTime = Interval::exactly(Waits);
    for (unsigned I = 0; I < S.Tasks.size() && !StartsAgain; ++I)
      if (S.Tasks[I].Handle == C && isYetToFire(S.Tasks[I]))
        endTask(S, I);
    if (StartsAgain && !Waits)
      S.cut(Bound::Order); // A second call, which nobody is there to make.
    Record();
  } else if (C >= 0) {
    S.cell(C).put(Cell::Closed);
    record(S, T, Op, C);
  }
  setResult(S, Env, Op.Result, InTime);
  advance(S, T);
  Out.push_back(std::move(S));
}
