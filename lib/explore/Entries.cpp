//===- Entries.cpp - Where exploration begins -----------------------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "explore/Network.h"
#include <algorithm>

using namespace heddle;
using namespace heddle::explore;
using ir::OpKind;

/// What is made there is for tasks to meet at. That a channel gives a time
/// after a while is a time limit of somebody's, and no more.
static bool isWaitedOn(const ir::Unit &U, const ir::Op &Make) {
  switch (U.object(Make.Obj).Type) {
  case ir::TypeClass::Channel:
    return Make.How != ir::Mode::Timed;
  case ir::TypeClass::Counter:
  case ir::TypeClass::Future:
  case ir::TypeClass::Timer:
    return true;
  default:
    return false;
  }
}

void Network::findEntries() {
  size_t N = U.Functions.size();
  std::vector<bool> Makes(N), Spawns(N), Closes(N);
  // What a function makes it can wait for, or count down, without any task.
  std::vector<bool> MakesNil(N), Uses(N);
  for (size_t I = 0; I < N; ++I)
    for (const ir::Block &B : U.Functions[I].Blocks)
      for (const ir::Op &Op : B.Ops) {
        // What a lambda does counts for the functions around it.
        FuncId Outer = FuncId(uint32_t(I));
        for (unsigned Nested = 0; Outer && Nested < 16;
             ++Nested, Outer = U.function(Outer).Parent) {
          if (Op.Kind == OpKind::Make && Op.Obj && isWaitedOn(U, Op))
            Makes[Outer.index()] = true;
          if (Op.Kind == OpKind::Spawn)
            Spawns[Outer.index()] = true;
        }
        if (Op.Kind == OpKind::Close)
          Closes[I] = true;
        if (Op.Kind == OpKind::Done || Op.Kind == OpKind::Send ||
            Op.Kind == OpKind::Recv)
          Uses[I] = true;
        if (Op.Kind == OpKind::Make && Op.How == ir::Mode::Nil && Op.Obj &&
            !U.object(Op.Obj).Base)
          MakesNil[I] = true;
      }
  auto AddThose = [&](auto Which) {
    for (size_t I = 0; I < N; ++I) {
      FuncId F = FuncId(uint32_t(I));
      if (U.Functions[I].hasBody() && Which(U.Functions[I], I) &&
          std::find(Entries.begin(), Entries.end(), F) == Entries.end())
        Entries.push_back(F);
    }
  };
  AddThose([](const ir::Function &F, size_t) { return F.IsMain; });
  AddThose([](const ir::Function &F, size_t) { return F.IsTest; });
  AddThose([&](const ir::Function &F, size_t I) {
    return !F.IsLambda && Makes[I] && Spawns[I];
  });
  AddThose([&](const ir::Function &, size_t I) { return Closes[I]; });
  AddThose([&](const ir::Function &F, size_t I) {
    return !F.IsLambda && (MakesNil[I] || (Makes[I] && Uses[I]));
  });
  // Whoever does that through calls, and is itself called from elsewhere only.
  std::vector<bool> IsCalled(N);
  for (const ir::Function &F : U.Functions)
    for (const ir::Block &B : F.Blocks)
      for (const ir::Op &Op : B.Ops)
        for (FuncId T : Op.Fn.Targets)
          IsCalled[T.index()] = true;
  AddThose([&](const ir::Function &F, size_t I) {
    uint64_t Ops = Facts[I].Futures[0][0].Ops;
    auto Has = [&](OpKind K) { return Ops & Future::bit(K); };
    return !F.IsLambda && !IsCalled[I] && Has(OpKind::Make) &&
           (Has(OpKind::Close) || Has(OpKind::Spawn) || Has(OpKind::Recv));
  });
}
