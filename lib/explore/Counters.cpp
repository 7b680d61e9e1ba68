//===- Counters.cpp - Add, done and wait ----------------------------------===//
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

/// Add(n), or a latch of n: with n taken to be some small number, too few tasks
/// for it show. To be right, that must not hang on anything else that is not
/// known.
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
    setNumber(Next, N, Interval::exactly(V));
    if (Op.Kind == OpKind::Add)
      counterOp(std::move(Next), T, Op, Out);
    else
      plain(std::move(Next), T, Op, Out);
  }
}

/// All that is not known in the branch at hand is in elements of containers
/// whose size is known: what they are does not hang on how many there are.
bool Machine::asksOfElements(State &S, unsigned T) {
  const ir::ExprRef &Cond = terminator(S, T).Cond;
  const int Env = S.Tasks[T].Stack.back().Env;
  auto IsInElement = [&](int C) {
    for (; C >= 0; C = S.cell(C).Base)
      if (const int Whole = S.cell(C).Base;
          Whole >= 0 && S.cell(C).Origin &&
          U.object(S.cell(C).Origin).Kind == ir::ObjectKind::Element) {
        const int Size = S.findPart(Whole, Net.sizeKey());
        return Size >= 0 && S.Numbers.get(ObjId(uint32_t(Size))).isExact();
      }
    return false;
  };
  return !hasUnknown(Cond) && !summary::mentions(Cond, [&](ObjId O) {
    const int C = resolve(S, Env, O);
    return !S.Numbers.get(ObjId(uint32_t(C))).isExact() && !IsInElement(C);
  });
}

/// From now on the counter counts no further than that; negative: no limit.
void Machine::limit(State &S, int Env, const ir::Op &Op) {
  Interval Most = evaluate(S, Env, Op.Args[1].Value);
  int C = resolve(S, Env, Op.Obj);
  S.cell(C).Capacity =
      Most.isExact() && Most.Lo >= 0 ? Most.Lo : UnknownCapacity;
}

bool Machine::isLimited(const State &S, int Counter) const {
  return S.cell(Counter).Capacity >= 0 && !S.cell(Counter).is(Cell::Open);
}

/// The wait for Counter at which T stands; null for another operation.
const ir::Op *Machine::waitOf(State &S, unsigned T, int Counter) {
  if (S.Tasks[T].State != Task::Status::Runs)
    return nullptr;
  const ir::Op *Op = nextOp(S, T);
  if (!Op || Op->Kind != OpKind::Wait || Op->How == ir::Mode::Timed ||
      !Op->Obj || resolve(S, S.Tasks[T].Stack.back().Env, Op->Obj) != Counter)
    return nullptr;
  return Op;
}

/// Counter came to zero: who stood at a wait for it may have been asleep there.
/// Until it has looked again nobody may add to the counter.
void Machine::endWaits(State &S, int Counter) {
  if (S.cell(Counter).Count != 0 || S.cell(Counter).is(Cell::Open))
    return;
  for (unsigned T = 0; T < S.Tasks.size(); ++T)
    if (waitOf(S, T, Counter) &&
        (othersFuture(S, T).Ops & Future::bit(OpKind::Add)))
      S.Tasks[T].At = Task::Phase::Woken;
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
    const bool WasZero = Counter.Count == 0 && !Counter.is(Cell::Open);
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
    if (By.isExact() && By.Lo < 0)
      endWaits(S, C);
    for (unsigned Who = 0; WasZero && Who < S.Tasks.size(); ++Who) {
      if (S.Tasks[Who].At != Task::Phase::Woken || S.cell(C).is(Cell::Open))
        continue;
      if (const ir::Op *Wait = waitOf(S, Who, C)) {
        if (S.OrderLost) {
          S.cut(Bound::Order);
        } else {
          record(S, Who, *Wait, C);
          fail(S, T, FaultKind::ReusedCounter, Op.Obj, Op.Loc, C);
        }
        Out.push_back(std::move(S));
        return;
      }
    }
  }
  record(S, T, Op, C);
  advance(S, T);
  Out.push_back(std::move(S));
}
