//===- SkeletonText.h - Print and parse skeletons -------------*- C++ -*-===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Role: the text form of ir::Unit, for people, tests and --emit-skeleton.
// docs/ir.md describes it with examples.
//
//   func @main() main {
//     %wg = local counter
//   entry:
//     make %wg
//     add %wg, 1
//     spawn @work(%wg)
//     return
//   }
//
// Invariants: for a unit that verify() accepts, parse(print(U)) equals U in
// every field. What is printed starts with the version of the text form; a
// text without that line is written by hand and locates what carries no span at
// its own line, so that a test's findings point into the test.
//
//===----------------------------------------------------------------------===//
#ifndef HEDDLE_IR_SKELETONTEXT_H
#define HEDDLE_IR_SKELETONTEXT_H

#include "ir/Skeleton.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

namespace heddle::ir {

std::string print(const Unit &U);
/// The expression as the text form writes it: "(%n + 1)".
std::string print(const Unit &U, const ExprRef &E);

/// Name stands for the text in messages and in spans.
/// Errors: "NAME:LINE:COL: what is wrong", for what verify() finds and for a
/// text of another version too.
llvm::Expected<Unit> parse(llvm::StringRef Text, llvm::StringRef Name);
/// The units of a text that holds the prints of several, one after the other.
llvm::Expected<std::vector<Unit>> parseUnits(llvm::StringRef Text,
                                             llvm::StringRef Name);

} // namespace heddle::ir

#endif // HEDDLE_IR_SKELETONTEXT_H
