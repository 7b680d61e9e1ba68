//===- WitnessFiles.h - A picture for every interleaving ------*- C++ -*-===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Role: the reporter behind --witness-svg: one sequence chart for every finding
// that has a witness, in a folder. A file is called after its finding,
// FILE-LINE-RULE.svg, with "-2" and so on behind when several are called so; it
// is there in full or not at all. What fails is kept until takeError().
//
//===----------------------------------------------------------------------===//
#ifndef HEDDLE_REPORT_WITNESSFILES_H
#define HEDDLE_REPORT_WITNESSFILES_H

#include "report/Report.h"
#include "report/SourceText.h"
#include "llvm/Support/Error.h"

namespace heddle::report {

class WitnessFiles : public Report {
public:
  /// Makes the folder when it is not there.
  WitnessFiles(std::string Folder, SourceText &Text);

  void finding(const rules::Finding &F,
               const std::vector<std::string> &Files) override;
  /// The first failure; nothing is written after it. Success when there is
  /// none.
  llvm::Error takeError();

private:
  std::string Folder;
  SourceText &Text;
  llvm::StringMap<unsigned> Taken; ///< by name
  std::string Failure;
};

} // namespace heddle::report

#endif // HEDDLE_REPORT_WITNESSFILES_H
