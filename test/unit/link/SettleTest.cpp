//===- SettleTest.cpp -----------------------------------------------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Linked.h"
#include "link/Settle.h"

using namespace heddle;
using namespace heddle::link;
using testing::ElementsAre;

namespace {

std::vector<std::string> settled(llvm::StringRef Text) {
  ir::Unit U = unitOf(Text, "t.skel");
  settle(U);
  std::string Once = ir::print(U);
  settle(U);
  EXPECT_EQ(ir::print(U), Once);
  std::vector<std::string> Out;
  for (const ir::Op &Op : U.Functions[0].Blocks[0].Ops) {
    EXPECT_EQ(Op.When, ir::Given::Always);
    Out.push_back(ir::mnemonic(Op.Kind));
    for (FuncId T : Op.Fn.Targets)
      Out.back() += " " + U.function(T).Usr;
    if (Op.Fn.Open)
      Out.back() += " ?";
    if (Op.Fn.isPresent() && !Op.Args.empty() &&
        Op.Args[0].K == ir::Operand::Kind::Function)
      Out.back() += Op.Args[0].Fn->Open ? " (?)" : " (known)";
  }
  return Out;
}

TEST(SettleTest, ATargetWithoutABodyIsUnknown) {
  EXPECT_THAT(settled(R"(
func @f(%c: counter alias) {
  call {@g | @h}(%c)
  spawn @g(%c)
  call @h(@g)
  return
}
declare @g()
func @h() {
  return
})"),
              ElementsAre("call h ?", "spawn ?", "call h (?)"));
}

TEST(SettleTest, ACallThatDoesNothingUnseenGoes) {
  const char *Text = R"(
func @f(%n: value) {
  %t = temp value
  %p = temp lock alias
  havoc if-unseen %n
  call if-seen @g(%n)
  call if-seen @g(%n) -> %t
  call if-seen @g(%n) -> %p
  yield
  havoc if-unseen %n
  call @g(%n)
  return
}
)";
  EXPECT_THAT(settled(std::string(Text) + "declare @g()\n"),
              ElementsAre("havoc", "havoc", "call ?", "yield", "havoc",
                          "call ?"));
  EXPECT_THAT(settled(std::string(Text) + "func @g() {\n  return\n}\n"),
              ElementsAre("call g", "call g", "call g", "yield", "call g"));
}

} // namespace
