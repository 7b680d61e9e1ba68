//===- FlowTest.cpp -------------------------------------------------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ir/Flow.h"
#include "ir/SkeletonText.h"
#include "gtest/gtest.h"

using namespace heddle;

namespace {

/// The blocks of the only function of a skeleton.
std::vector<ir::Block> blocksOf(llvm::StringRef Text) {
  llvm::Expected<ir::Unit> U = ir::parse(Text, "flow.skel");
  if (U)
    return U->Functions[0].Blocks;
  ADD_FAILURE() << llvm::toString(U.takeError());
  return {};
}

TEST(Flow, BlocksBetweenAHeadAndItsBackEdgeAreInALoop) {
  auto Blocks = blocksOf("func @f() {\n"
                         "b0:\n  jump b1\n"
                         "b1:\n  br ?, b2, b3\n"
                         "b2:\n  jump b1\n"
                         "b3:\n  return\n}\n");
  ASSERT_EQ(Blocks.size(), 4u);
  EXPECT_FALSE(ir::isInLoop(Blocks, BlockId(0)));
  EXPECT_TRUE(ir::isInLoop(Blocks, BlockId(1)));
  EXPECT_TRUE(ir::isInLoop(Blocks, BlockId(2)));
  EXPECT_FALSE(ir::isInLoop(Blocks, BlockId(3)));
}

TEST(Flow, UnwindingBackIsALoopButNoSuccessor) {
  auto Blocks = blocksOf("func @f() {\n"
                         "b0:\n  call @g() unwind b1\n  return\n"
                         "b1:\n  jump b0\n}\n"
                         "declare @g()\n");
  ASSERT_EQ(Blocks.size(), 2u);
  EXPECT_TRUE(ir::successors(Blocks[0]).empty());
  EXPECT_TRUE(ir::isInLoop(Blocks, BlockId(0)));
}

TEST(Flow, TheCasesOfASelectAreSuccessors) {
  auto Blocks =
      blocksOf("%c = global channel\n"
               "func @f() {\n"
               "b0:\n  select [\n    recv %c: b1\n    default: b0\n  ]\n"
               "b1:\n  return\n}\n");
  ASSERT_EQ(Blocks.size(), 2u);
  EXPECT_EQ(ir::successors(Blocks[0]),
            (std::vector<BlockId>{BlockId(1), BlockId(0)}));
  EXPECT_TRUE(ir::isInLoop(Blocks, BlockId(0)));
}

} // namespace
