//===- Explored.h - Skeleton text to faults, for tests --------*- C++ -*-===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef HEDDLE_TEST_EXPLORED_H
#define HEDDLE_TEST_EXPLORED_H

#include "explore/Explorer.h"
#include "ir/SkeletonText.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include <algorithm>

namespace heddle::explore {

inline ir::Unit unitOf(llvm::StringRef Text) {
  llvm::Expected<ir::Unit> U = ir::parse(Text, "t.skel");
  if (!U) {
    ADD_FAILURE() << llvm::toString(U.takeError()) << "\n" << Text.str();
    return {};
  }
  return std::move(*U);
}

inline std::string shown(const ir::Unit &U, const Fault &F) {
  static const char *const Kinds[] = {"send on closed", "close of closed",
                                      "negative",       "reused",
                                      "leak",           "deadlock"};
  std::string Out = Kinds[int(F.Kind)];
  Out += ": " + F.TaskName + ", ";
  Out += F.Object ? U.describe(F.Object) : "-";
  if (!F.IsCertain)
    Out += "?";
  return Out;
}

/// "leak: task 'Produce', numbers", with a question mark where it depends on
/// something unknown; sorted.
inline std::vector<std::string> faults(llvm::StringRef Text,
                                       const Limits &Bounds = {}) {
  ir::Unit U = unitOf(Text);
  std::vector<std::string> Out;
  for (const Fault &F : explore(U, Bounds).Faults)
    Out.push_back(shown(U, F));
  std::sort(Out.begin(), Out.end());
  return Out;
}

/// The text's functions and a main that runs Body after having made the
/// channels %c (unbuffered) and %d (room for two), the counter %wg and the
/// lock %mu.
inline std::string withMain(const std::string &Body,
                            const std::string &Functions = "") {
  return Functions + R"(
func @main() main {
  %c = local channel
  %d = local channel
  %wg = local counter
  %mu = local lock
  %cv = local cond
  %i = local value
  %j = local value
  %t = local task
  %g = local guard
entry:
  make %c, 0
  make %d, 2
  make %wg, 0
  make %mu
  make %cv
)" + Body +
         R"(
}
)";
}

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

} // namespace heddle::explore

#endif // HEDDLE_TEST_EXPLORED_H
