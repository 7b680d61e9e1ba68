//===- Conditions.cpp - Waits for a condition and what wakes them ---------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "explore/Machine.h"
#include "llvm/ADT/STLExtras.h"
#include <algorithm>

using namespace heddle;
using namespace heddle::explore;
using ir::Mode;
using ir::OpKind;
using summary::Interval;
using Phase = Task::Phase;

static bool isWaiting(Phase At) {
  return At == Phase::Waiting || At == Phase::WaitingInDoubt ||
         At == Phase::WaitingUnsure;
}

int Machine::lockOfWait(State &S, int Env, const ir::Op &Wait) {
  if (Wait.Other)
    return resolve(S, Env, Wait.Other);
  if (!Wait.Obj)
    return -1;
  const Cell &Cond = S.cell(resolve(S, Env, Wait.Obj));
  return Cond.Capacity == RefsAreCells && !Cond.Refs.empty() ? Cond.Refs[0]
                                                             : -1;
}

/// One variable or member of that declaration, whatever object it is of. A name
/// for something else is none.
static bool isDeclared(const ir::Unit &U, ObjId O) {
  const ir::Object &Ob = U.object(O);
  return Ob.Loc.isValid() && !U.isSummarised(O) &&
         (Ob.Kind == ir::ObjectKind::Field ||
          (!Ob.IsAlias && (Ob.Kind == ir::ObjectKind::Local ||
                           Ob.Kind == ir::ObjectKind::Global)));
}

bool Network::isNeverSignalled(ObjId Cond) const {
  if (!Cond || !isDeclared(U, Cond) || U.object(Cond).IsExternal)
    return false;
  auto IsThat = [&](ObjId O) {
    return O && isDeclared(U, O) && U.object(O).Loc == U.object(Cond).Loc;
  };
  auto IsGiven = [&](const ir::Operand &A) {
    return A.K == ir::Operand::Kind::Place && IsThat(A.Obj);
  };
  for (const ir::Function &F : U.Functions)
    for (const ir::Block &B : F.Blocks) {
      for (const ir::Op &Op : B.Ops) {
        bool Wakes = Op.Kind == OpKind::Signal || Op.Kind == OpKind::Broadcast;
        if ((Wakes && (!Op.Obj || !isDeclared(U, Op.Obj) || IsThat(Op.Obj))) ||
            (Op.Kind == OpKind::Escape && IsThat(Op.Obj)) ||
            std::any_of(Op.Args.begin(), Op.Args.end(), IsGiven) ||
            std::any_of(Op.Fn.Bound.begin(), Op.Fn.Bound.end(), IsGiven))
          return false;
      }
      if (IsGiven(B.Term.Value))
        return false;
    }
  // A method that is not seen may be the one that signals.
  if (U.object(Cond).Kind != ir::ObjectKind::Field)
    return true;
  std::vector<llvm::StringRef> Classes;
  for (size_t I = 0; I < U.Objects.size(); ++I)
    if (ObjId O = ObjId(uint32_t(I)); IsThat(O))
      if (ObjId Root = U.root(O); U.object(Root).Kind == ir::ObjectKind::This)
        Classes.push_back(classOf(U.function(U.object(Root).Owner)));
  return std::none_of(
      U.Functions.begin(), U.Functions.end(), [&](const ir::Function &F) {
        return !F.hasBody() && !F.IsConstructor && !F.IsDestructor &&
               llvm::is_contained(Classes, classOf(F));
      });
}

bool Machine::condEnabled(State &S, unsigned T, const ir::Op &Op) {
  int Env = S.Tasks[T].Stack.back().Env;
  switch (S.Tasks[T].At) {
  case Phase::Waiting:
  case Phase::WaitingInDoubt:
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
}

void Machine::condWait(State S, unsigned T, const ir::Op &Op, States &Out) {
  int Env = S.Tasks[T].Stack.back().Env;
  int Cond = Op.Obj ? resolve(S, Env, Op.Obj) : -1;
  int Lock = lockOfWait(S, Env, Op);
  auto StartWaiting = [&](State &In, Phase As) {
    In.Tasks[T].IsInDoubt = false;
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
    StartWaiting(S,
                 S.Tasks[T].IsInDoubt ? Phase::WaitingInDoubt : Phase::Waiting);
    break;
  case Phase::PredTrue:
    return GoOn(S, Interval::exactly(1));
  case Phase::PredFalse:
    StartWaiting(S,
                 S.Tasks[T].IsInDoubt ? Phase::WaitingInDoubt : Phase::Waiting);
    break;
  case Phase::PredUnknown: {
    S.IsUncertain = true;
    State True = S;
    GoOn(True, Interval::exactly(1));
    StartWaiting(S, Phase::WaitingUnsure);
    break;
  }
  case Phase::Waiting:
  case Phase::WaitingInDoubt:
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
  if (Op.Obj && U.object(Op.Obj).Type == ir::TypeClass::Future) {
    keepPromise(S, T, Op);
    advance(S, T);
    Out.push_back(std::move(S));
    return;
  }
  int Cond = -1;
  std::vector<unsigned> Waiters;
  if (Op.Obj) {
    Cond = resolve(S, S.Tasks[T].Stack.back().Env, Op.Obj);
    S.cell(Cond).put(Cell::Signalled);
    record(S, T, Op, Cond);
    for (unsigned I = 0; I < S.Tasks.size(); ++I) {
      Task &Other = S.Tasks[I];
      if (I == T || Other.State != Task::Status::Runs || !isWaiting(Other.At))
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
