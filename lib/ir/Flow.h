//===- Flow.h - Where control goes from a block ---------------*- C++ -*-===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Role: the edges of a function's control-flow graph, for every layer that
// walks it. Cost: successors constant in the block, isInLoop linear in the
// function.
//
//===----------------------------------------------------------------------===//
#ifndef HEDDLE_IR_FLOW_H
#define HEDDLE_IR_FLOW_H

#include "ir/Skeleton.h"

namespace heddle::ir {

/// The blocks that control may enter behind B's terminator. Where exceptions
/// out of B's operations unwind to is left out.
std::vector<BlockId> successors(const Block &B);

/// Control can come back to the start of block Start, by unwinding too.
bool isInLoop(const std::vector<Block> &Blocks, BlockId Start);

} // namespace heddle::ir

#endif // HEDDLE_IR_FLOW_H
