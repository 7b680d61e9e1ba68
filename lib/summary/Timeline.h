//===- Timeline.h - What came before, and what runs beside ----*- C++ -*-===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Role: a dataflow over the points of a walked function, once its graph is
// complete. It says which of its tasks may run at each point, until they are
// joined or their counter was waited for: a message from a task does not end
// it, unlike in PathState::Live, which judges waiting kindly. And it writes
// into every event what came before it in its function (Event::Took, After,
// Told, IsRepeated).
// The wait of a callee counts as made on every path. Sets are cut at MaxSet,
// which leads to fewer findings.
// Cost: the points of the function times the few rounds until nothing changes.
//
//===----------------------------------------------------------------------===//
#ifndef HEDDLE_SUMMARY_TIMELINE_H
#define HEDDLE_SUMMARY_TIMELINE_H

#include "summary/PathGraph.h"

namespace heddle::summary {

/// Fills G.Running and what G's events say of the time before them.
void writeTimeline(const ir::Unit &U, PathGraph &G);

} // namespace heddle::summary

#endif // HEDDLE_SUMMARY_TIMELINE_H
