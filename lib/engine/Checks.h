//===- Checks.h - Which checks are on -------------------------*- C++ -*-===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Role: clang-tidy's list of globs, with clang-tidy's meaning: entries are
// separated by commas or line ends, `*` stands for any text, a leading `-`
// takes away, and the last entry that matches a name decides.
//
//===----------------------------------------------------------------------===//
#ifndef HEDDLE_ENGINE_CHECKS_H
#define HEDDLE_ENGINE_CHECKS_H

#include "llvm/ADT/StringRef.h"
#include <string>
#include <vector>

namespace heddle::engine {

class Checks {
public:
  /// An empty list has nothing on.
  explicit Checks(llvm::StringRef Globs);
  bool contains(llvm::StringRef Name) const;

  struct Glob {
    std::string Pattern;
    bool IsPositive = true;
    bool matches(llvm::StringRef Name) const;
  };
  /// In the order given.
  const std::vector<Glob> &globs() const { return Globs; }

private:
  std::vector<Glob> Globs;
};

} // namespace heddle::engine

#endif // HEDDLE_ENGINE_CHECKS_H
