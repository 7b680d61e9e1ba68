//===- LastOwner.cpp - What only the last owner of a thing does -----------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "rules/LastOwner.h"
#include "summary/Values.h"

using namespace heddle;
using ir::OpKind;

/// The places of F that hold what an atomic count was, or came down to.
static std::set<ObjId> countedDown(const ir::Function &F) {
  std::set<ObjId> Out;
  for (bool Grew = true; Grew;) {
    size_t Before = Out.size();
    for (const ir::Block &B : F.Blocks)
      for (const ir::Op &Op : B.Ops) {
        const ir::ExprRef Value = Op.Args.empty() ? nullptr : Op.Args[0].Value;
        if (!Value)
          continue;
        if (Op.Kind == OpKind::Atomic && Op.Result &&
            Value->Kind == ir::ExprKind::Minus)
          Out.insert(Op.Result);
        else if (Op.Kind == OpKind::Set && Op.Obj &&
                 summary::mentions(Value,
                                   [&](ObjId O) { return Out.count(O) != 0; }))
          Out.insert(Op.Obj);
      }
    Grew = Out.size() != Before;
  }
  return Out;
}

/// The blocks that can follow From without going through Without.
static std::set<BlockId> reachedFrom(const ir::Function &F, BlockId From,
                                     BlockId Without) {
  std::set<BlockId> Out;
  std::vector<BlockId> Pending = {From};
  while (!Pending.empty()) {
    BlockId B = Pending.back();
    Pending.pop_back();
    if (B == Without || !Out.insert(B).second)
      continue;
    for (BlockId Next : F.Blocks[B.index()].Term.Succs)
      Pending.push_back(Next);
  }
  return Out;
}

std::set<SourceSpan> rules::callsOfLastOwners(const ir::Unit &U) {
  std::set<SourceSpan> Out;
  for (const ir::Function &F : U.Functions) {
    std::set<ObjId> Counts = countedDown(F);
    if (Counts.empty())
      continue;
    for (uint32_t I = 0; I < F.Blocks.size(); ++I) {
      const ir::Terminator &T = F.Blocks[I].Term;
      if (T.K != ir::Terminator::Kind::Branch || T.Succs.size() != 2 ||
          !summary::mentions(T.Cond,
                             [&](ObjId O) { return Counts.count(O) != 0; }))
        continue;
      for (unsigned Side : {0u, 1u}) {
        std::set<BlockId> Here = reachedFrom(F, T.Succs[Side], BlockId(I));
        for (BlockId B : reachedFrom(F, T.Succs[1 - Side], BlockId(I)))
          Here.erase(B);
        for (BlockId B : Here)
          for (const ir::Op &Op : F.Blocks[B.index()].Ops)
            if (Op.Kind == OpKind::Call)
              Out.insert(Op.Loc);
      }
    }
  }
  return Out;
}
