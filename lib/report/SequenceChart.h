//===- SequenceChart.h - An interleaving as a picture ---------*- C++ -*-===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Role: draws the witness of a finding as an SVG sequence chart: a lifeline
// for each task that takes part, the steps from top to bottom in the order of
// events, arrows for what starts a task and for what passes between tasks; the
// step that fails, or that never ends, is red.
// In: a finding with a witness. Out: the text of one SVG file, the same for the
// same finding. It follows the viewer's light or dark scheme.
// Texts are wrapped by an upper estimate of their width, because no font is
// known here. Cost: linear in the steps.
//
//===----------------------------------------------------------------------===//
#ifndef HEDDLE_REPORT_SEQUENCECHART_H
#define HEDDLE_REPORT_SEQUENCECHART_H

#include "report/SourceText.h"
#include "rules/Finding.h"

namespace heddle::report {

/// Requires: F.Shown, and at least one step in it. Files resolves file ids.
std::string sequenceChart(const rules::Finding &F,
                          const std::vector<std::string> &Files,
                          SourceText &Text);

/// Text in lines of at most Columns, as a terminal counts them: parted at
/// blanks, a word that is longer anywhere. Bytes that are no text become '?'.
std::vector<std::string> wrap(llvm::StringRef Text, unsigned Columns);

} // namespace heddle::report

#endif // HEDDLE_REPORT_SEQUENCECHART_H
