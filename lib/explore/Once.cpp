//===- Once.cpp - What is called once only --------------------------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "explore/Machine.h"

using namespace heddle;
using namespace heddle::explore;

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
