//===- Joins.cpp - The end of a task, waited for by its handle ------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "explore/Machine.h"
#include "llvm/ADT/STLExtras.h"

using namespace heddle;
using namespace heddle::explore;
using ir::OpKind;
using summary::Interval;

bool Machine::isJoin(const ir::Op &Op) const {
  return Op.Kind == OpKind::Join ||
         (Op.Kind == OpKind::End && Op.How != ir::Mode::Pointer && Op.Obj &&
          U.object(Op.Obj).JoinsAtEnd &&
          U.object(Op.Obj).Type == ir::TypeClass::Task);
}

/// A branch of the functions that T is in may ask whether it is that task: by
/// what is not followed (the ids of threads), by what a call gave, or by what
/// each thread has for itself.
bool Machine::mayKnowItself(const Task &T) const {
  for (const Frame &F : T.Stack) {
    const auto &Blocks = U.function(F.Function).Blocks;
    auto IsGiven = [&](ObjId O) {
      if (U.object(U.root(O)).IsThreadLocal)
        return true;
      return llvm::any_of(Blocks, [&](const ir::Block &B) {
        return llvm::any_of(B.Ops, [&](const ir::Op &Op) {
          return Op.Kind == OpKind::Call && Op.Result == O;
        });
      });
    };
    if (llvm::any_of(Blocks, [&](const ir::Block &B) {
          return hasUnknown(B.Term.Cond) ||
                 summary::mentions(B.Term.Cond, IsGiven);
        }))
      return true;
  }
  return false;
}

/// The end of a future's life, which waits for a task but for no promise.
static bool isDestructor(const ir::Op &Op) {
  return Op.Kind == OpKind::End || Op.Deferred;
}

bool Machine::mayPassJoin(State &S, unsigned T, const ir::Op &Op) {
  if (!isJoin(Op) || Op.How == ir::Mode::Timed || !Op.Obj)
    return true;
  int C = resolve(S, S.Tasks[T].Stack.back().Env, Op.Obj);
  return isReady(S, C) || (isDestructor(Op) && isPromised(S, C));
}

void Machine::join(State S, unsigned T, const ir::Op &Op, States &Out) {
  if (!Op.Obj) {
    loseOrder(S, T);
    advance(S, T);
    Out.push_back(std::move(S));
    return;
  }
  int Env = S.Tasks[T].Stack.back().Env;
  int C = resolve(S, Env, Op.Obj);
  bool IsPromised = isPromised(S, C);
  if (IsPromised && isDestructor(Op))
    return plain(std::move(S), T, Op, Out);
  bool IsUnknown =
      IsPromised ? S.cell(C).is(Cell::Open)
                 : !S.cell(C).is(Cell::Joinable) &&
                       (Op.Kind == OpKind::Join || S.cell(C).is(Cell::Open));
  // One of several tasks' result, or exception, it is not known which.
  IsUnknown |=
      Op.How == ir::Mode::Async && S.cell(C).is(explore::Cell::Summarised);
  if (IsUnknown)
    loseOrder(S, T);
  record(S, T, OpKind::Join, Op.Obj, Op.Loc, C);
  if (Op.Kind == OpKind::End)
    return plain(std::move(S), T, Op, Out);
  if (Op.How == ir::Mode::Async)
    return takeResult(std::move(S), T, Op, IsUnknown ? -1 : C, Out);
  // Of a timed wait: std::future_status, ready or timeout.
  Interval Result{0, 1};
  if (Op.How == ir::Mode::Timed && !IsUnknown)
    Result = Interval::exactly(!isReady(S, C));
  setResult(S, Env, Op.Result, Result);
  advance(S, T);
  Out.push_back(std::move(S));
}

/// Goes on with what the task of Handle returned or threw, or the promise was
/// given; -1: nothing is known of it.
void Machine::takeResult(State S, unsigned T, const ir::Op &Op, int Handle,
                         States &Out) {
  int Env = S.Tasks[T].Stack.back().Env;
  int Item = -1;
  if (Handle >= 0) {
    const Cell &C = S.cell(Handle);
    bool IsBroken = isPromised(S, Handle) && C.Count > 0;
    if (C.is(Cell::Closed) || IsBroken) {
      if (!Op.Unwind)
        return unwind(std::move(S), T, Out);
      jump(S, T, Op.Unwind);
      Out.push_back(std::move(S));
      return;
    }
    if (!C.Items.empty())
      Item = C.Items[0];
    if (isPromised(S, Handle) && !U.object(Op.Obj).IsAlias)
      setNumber(S, Handle, Interval::exactly(0)); // not valid() any more
  }
  if (Op.Result) {
    Arg Given;
    if (Item >= 0) {
      Given.K = Arg::Kind::Cell;
      Given.Index = follow(S, Item);
    }
    bool IsValue = U.object(Op.Result).Type == ir::TypeClass::Value;
    if (IsValue && Item < 0)
      setResult(S, Env, Op.Result, {});
    else
      bind(S, Env, Op.Result, Given);
    // Others know what it is.
    if (IsValue) {
      int R = resolve(S, Env, Op.Result);
      S.cell(R).put(Cell::Lost, !S.Numbers.get(ObjId(uint32_t(R))).isExact());
    }
  }
  advance(S, T);
  Out.push_back(std::move(S));
}
