//===- Repair.h - Fix-its from the text of a program ----------*- C++ -*-===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Role: makes fix-its of what rules propose without knowing how the program is
// written (rules::Deferral). It reads the text by itself, so it gives up on all
// that is not plain: macros, raw strings, a counter that is named by more than
// a path of members, a file that does not include the header of the deferral.
// Cost: linear in the function's text, once per finding with a proposal.
//
//===----------------------------------------------------------------------===//
#ifndef HEDDLE_ENGINE_REPAIR_H
#define HEDDLE_ENGINE_REPAIR_H

#include "report/SourceText.h"
#include "rules/Finding.h"

namespace heddle::engine {

/// The edits that move D's call to the top of its function, deferred; empty
/// when they are not certain to be right.
std::vector<rules::FixIt> fixesOf(const rules::Deferral &D,
                                  const std::vector<std::string> &Files,
                                  report::SourceText &Text);

} // namespace heddle::engine

#endif // HEDDLE_ENGINE_REPAIR_H
