//===- LifeEnd.cpp - Where a local object dies ---------------------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rules/LifeEnd.h"

namespace heddle::rules {

using ir::OpKind;
using summary::PathGraph;
using summary::PathNode;

static const ir::Op *opBefore(const ir::Unit &U, const PathGraph &G,
                              const PathNode &N) {
  if (N.Pred == PathNode::NoPred)
    return nullptr;
  const PathNode &Before = G.Nodes[N.Pred];
  const ir::Block &B = U.function(G.Func).Blocks[Before.Block.index()];
  return Before.OpIndex < B.Ops.size() ? &B.Ops[Before.OpIndex] : nullptr;
}

ObjId endedBefore(const ir::Unit &U, const PathGraph &G, const PathNode &N) {
  const ir::Op *Op = opBefore(U, G, N);
  if (!Op)
    return {};
  if (Op->Kind == OpKind::End)
    return Op->Obj;
  bool IsDestructor = Op->Kind == OpKind::Call && Op->Deferred &&
                      !Op->Fn.Targets.empty() && Op->Fn.This &&
                      U.function(Op->Fn.Targets[0]).IsDestructor;
  return IsDestructor ? Op->Fn.This : ObjId();
}

SourceSpan endOf(const ir::Unit &U, const PathGraph &G, const PathNode &N) {
  return opBefore(U, G, N)->Loc;
}

} // namespace heddle::rules
