//===- FixItText.h - Fix-its as changed lines -----------------*- C++ -*-===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Role: shows what a finding's fix-its change, in the text report, as a patch
// does: the lines that go with '-', those that come with '+', and, where a line
// only gains others behind it, that line for orientation.
//
//===----------------------------------------------------------------------===//
#ifndef HEDDLE_REPORT_FIXITTEXT_H
#define HEDDLE_REPORT_FIXITTEXT_H

#include "report/SourceText.h"
#include "rules/Finding.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/raw_ostream.h"

namespace heddle::report {

/// Requires: Fixes do not overlap. Prints nothing when a file cannot be read.
void printFixes(llvm::raw_ostream &Out, llvm::ArrayRef<rules::FixIt> Fixes,
                const std::vector<std::string> &Files, SourceText &Text);

} // namespace heddle::report

#endif // HEDDLE_REPORT_FIXITTEXT_H
