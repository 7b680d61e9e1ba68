//===- TextReport.h - Findings as clang prints diagnostics -----*- C++ -*-===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Role: the reporter for people.
//
//   a.cpp:7:3: warning: 'mu' is acquired again ... [heddle-double-lock]
//       7 |   mu.Lock();
//         |   ^~~~~~~~~
//   a.cpp:6:3: note: held since here
//
// The findings go to Out; `end` writes how many there were to Log.
//
//===----------------------------------------------------------------------===//
#ifndef HEDDLE_REPORT_TEXTREPORT_H
#define HEDDLE_REPORT_TEXTREPORT_H

#include "report/Report.h"
#include "report/SourceText.h"
#include "llvm/Support/raw_ostream.h"

namespace heddle::report {

class TextReport : public Report {
public:
  /// Colour as Out and Log have it: raw_ostream::enable_colors.
  TextReport(llvm::raw_ostream &Out, llvm::raw_ostream &Log, SourceText &Text)
      : Out(Out), Log(Log), Text(Text) {}

  void finding(const rules::Finding &F,
               const std::vector<std::string> &Files) override;
  void end() override;

private:
  void place(const SourceSpan &S, const std::vector<std::string> &Files);
  void snippet(const SourceSpan &S, llvm::ArrayRef<rules::FixIt> Fixes,
               const std::vector<std::string> &Files);

  llvm::raw_ostream &Out;
  llvm::raw_ostream &Log;
  SourceText &Text;
  unsigned Errors = 0, Warnings = 0, Remarks = 0;
};

} // namespace heddle::report

#endif // HEDDLE_REPORT_TEXTREPORT_H
