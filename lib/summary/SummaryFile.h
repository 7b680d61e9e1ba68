//===- SummaryFile.h - Print and parse summaries --------------*- C++ -*-===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Role: the text form of the summaries of a unit, for tools that keep or carry
// them and for people. It stands on its own: it declares the objects and, with
// their USRs, the functions that the summaries speak of, in the words of the
// skeleton's text form (docs/ir.md).
//
//   summaries 2
//   unit "a.cpp"
//   file "a.cpp"
//   %mu = global lock
//   declare @Lock()
//
//   summary @Lock {
//     does lock %mu !3:1
//     returns certain !4:1 {
//       keeps %mu !3:1
//     }
//   }
//
// The first line is the version. It changes when an old reader would not
// understand, or misunderstand, a new text; another version is an error.
// Invariants: parse(print(F)) equals F but for what print() leaves out: a
// summary of a function that is not known (Summary::IsKnown).
//
//===----------------------------------------------------------------------===//
#ifndef HEDDLE_SUMMARY_SUMMARYFILE_H
#define HEDDLE_SUMMARY_SUMMARYFILE_H

#include "summary/Summary.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

namespace heddle::summary {

struct SummaryFile {
  static constexpr uint32_t Version = 2;
  /// Objects, and functions without their bodies.
  ir::Unit Names;
  std::vector<Summary> ByFunction; ///< by FuncId of Names
};

SummaryFile fileOf(const Summaries &All);

/// Text is one of these and not a skeleton.
bool isSummaryFile(llvm::StringRef Text);

std::string print(const SummaryFile &F);
/// Name stands for the text in messages.
/// Errors: "NAME:LINE:COL: what is wrong".
llvm::Expected<SummaryFile> parse(llvm::StringRef Text, llvm::StringRef Name);

} // namespace heddle::summary

#endif // HEDDLE_SUMMARY_SUMMARYFILE_H
