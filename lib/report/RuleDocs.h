//===- RuleDocs.h - A rule explained ---------------------------*- C++ -*-===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Role: a rule's text as a page of Markdown: what --explain prints and what
// docs/rules/<id>.md is.
//
//===----------------------------------------------------------------------===//
#ifndef HEDDLE_REPORT_RULEDOCS_H
#define HEDDLE_REPORT_RULEDOCS_H

#include "rules/Rule.h"
#include <string>

namespace heddle::report {

std::string rulePage(const rules::Rule &R);

} // namespace heddle::report

#endif // HEDDLE_REPORT_RULEDOCS_H
