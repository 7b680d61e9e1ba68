//===- Depth.cpp - Calls that are too deep to be entered ------------------===//
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

bool Machine::isTooDeep(const Task &In, FuncId Callee) const {
  unsigned Same = 0;
  for (const Frame &On : In.Stack)
    Same += On.Function == Callee;
  return In.Stack.size() >= Bounds.Calls || Same >= 3;
}

/// The call at hand, of Callee, may be left out: that only computes, with what
/// it is given by name.
bool Machine::isPassable(const State &S, unsigned T, const Target &Callee,
                         const std::vector<Arg> &Args) const {
  auto IsClosure = [](const Arg &A) { return A.K == Arg::Kind::Closure; };
  return nextOp(S, T)->Kind == OpKind::Call && Callee.Env < 0 &&
         llvm::none_of(Args, IsClosure) &&
         llvm::none_of(Callee.Bound, IsClosure) &&
         Net.onlyComputes(Callee.Function);
}

/// Callee, which only computes, is not entered: all that it can reach, and what
/// it returns, was lost sight of.
void Machine::passOver(State S, unsigned T, const Target &Callee, int This,
                       const std::vector<Arg> &Args, States &Out) {
  auto Forget = [&](int C) {
    if (C >= 0) {
      markOpen(S, C);
      havoc(S, C);
    }
  };
  std::vector<Arg> All(Callee.Bound.begin(), Callee.Bound.end());
  All.insert(All.end(), Args.begin(), Args.end());
  unknownCall(S, T, This, All, /*IsNamed=*/true);
  Forget(This);
  for (const Arg &A : All)
    if (A.K == Arg::Kind::Cell)
      Forget(A.Index);
  for (ObjId O : Net.globalsOf(Callee.Function))
    Forget(resolve(S, 0, O));
  const ObjId Result = nextOp(S, T)->Result;
  const int Env = S.Tasks[T].Stack.back().Env;
  const size_t Before = Out.size();
  leave(std::move(S), T, ir::Operand::none(), Out);
  for (size_t I = Before; Result && I < Out.size(); ++I) {
    auto &Given = Out[I].cell(resolve(Out[I], Env, Result));
    Given.put(Cell::Lost);
    if (U.object(Result).Type != ir::TypeClass::Value) {
      Given.put(Cell::Open);
      Given.put(Cell::Summarised);
    }
  }
}
