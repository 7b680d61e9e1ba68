//===- Flow.cpp - Where control goes from a block -------------------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ir/Flow.h"

using namespace heddle;
using namespace heddle::ir;

std::vector<BlockId> ir::successors(const Block &B) {
  std::vector<BlockId> Out = B.Term.Succs;
  for (const SelectCase &C : B.Term.Cases)
    Out.push_back(C.Target);
  std::erase(Out, BlockId());
  return Out;
}

bool ir::isInLoop(const std::vector<Block> &Blocks, BlockId Start) {
  std::vector<bool> Seen(Blocks.size());
  std::vector<BlockId> Todo = {Start};
  while (!Todo.empty()) {
    const Block &B = Blocks[Todo.back().index()];
    Todo.pop_back();
    std::vector<BlockId> Next = successors(B);
    for (const Op &O : B.Ops)
      if (O.Unwind)
        Next.push_back(O.Unwind);
    for (BlockId S : Next) {
      if (S == Start)
        return true;
      if (!Seen[S.index()]) {
        Seen[S.index()] = true;
        Todo.push_back(S);
      }
    }
  }
  return false;
}
