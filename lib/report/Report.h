//===- Report.h - Where findings go ----------------------------*- C++ -*-===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Role: the interface of reporters: text now, other formats later. A face calls
// `begin` once, `finding` for each finding in the order of its analysis, `end`
// once, whatever happened between.
//
//===----------------------------------------------------------------------===//
#ifndef HEDDLE_REPORT_REPORT_H
#define HEDDLE_REPORT_REPORT_H

#include "rules/Finding.h"

namespace heddle::report {

class Report {
public:
  virtual ~Report() = default;
  virtual void begin() {}
  /// Files resolves the file ids of F.
  virtual void finding(const rules::Finding &F,
                       const std::vector<std::string> &Files) = 0;
  virtual void end() {}
};

} // namespace heddle::report

#endif // HEDDLE_REPORT_REPORT_H
