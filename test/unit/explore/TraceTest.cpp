//===- TraceTest.cpp - Interleavings in words -----------------------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "Explored.h"

using namespace heddle;
using namespace heddle::explore;

namespace {

std::vector<std::string> trace(const std::string &Text) {
  ir::Unit U = unitOf(Text);
  Exploration E = explore::explore(U);
  std::vector<std::string> Out;
  if (E.Faults.size() != 1)
    return {"faults: " + std::to_string(E.Faults.size())};
  for (const Step &S : E.Faults[0].Trace)
    Out.push_back(std::to_string(S.Task) + " " + S.Text);
  EXPECT_EQ(E.Faults[0].Trace.back().Loc, E.Faults[0].Loc);
  return Out;
}

const char *const Count = R"(
func @Count(%out: channel alias) {
entry:
  send %out
  jump entry
}
)";

TEST(Trace, OfALeak) {
  EXPECT_THAT(trace(withMain("spawn @Count(%c)\nrecv %c\nreturn", Count)),
              ElementsAre("0 task 'Count' is started here",
                          "1 task 'Count' sends on 'out'",
                          "0 'main' receives from 'c'", "0 'main' returns here",
                          "1 task 'Count' then waits for ever sending on "
                          "'out'"));
}

TEST(Trace, OfASendAfterClose) {
  // What has nothing to do with it is left out, the second task included.
  EXPECT_THAT(
      trace(withMain("spawn @Other(%d)\nspawn @Count(%c)\nlock %mu\n"
                     "unlock %mu\nclose %c\nreturn",
                     std::string(Count) +
                         "func @Other(%x: channel alias) {\nreturn\n}\n")),
      ElementsAre("0 task 'Count' is started here", "0 'main' closes 'c' here",
                  "2 task 'Count' then sends on 'out'"));
}

TEST(Trace, OfADeadlock) {
  EXPECT_THAT(trace(withMain("lock %mu\nlock %mu\nreturn")),
              ElementsAre("0 'main' locks 'mu'",
                          "0 'main' then waits for ever locking 'mu'"));
}

} // namespace
