//===- Joins.cpp - The end of a task, waited for by its handle ------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "explore/Machine.h"

using namespace heddle;
using namespace heddle::explore;
using ir::OpKind;

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
