//===- Fold.h - From a path graph to a summary ----------------*- C++ -*-===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Role: forgets how and keeps what: the exits of a graph by what they leave
// behind, and everything that happens on any path.
// Bounds: MaxOutcomes, MaxEvents. Outcomes beyond are dropped, which hides
// faults and invents none; with too many events the function is not known.
//
//===----------------------------------------------------------------------===//
#ifndef HEDDLE_SUMMARY_FOLD_H
#define HEDDLE_SUMMARY_FOLD_H

#include "summary/PathGraph.h"

namespace heddle::summary {

constexpr unsigned MaxOutcomes = 12;
constexpr unsigned MaxEvents = 400;

/// Counts in Reached which bound it came to.
Summary fold(const ir::Unit &U, const PathGraph &G, BoundsReached &Reached);

/// An exit node as an outcome.
Outcome outcomeOf(const ir::Unit &U, const PathGraph &G, const PathNode &Node);

} // namespace heddle::summary

#endif // HEDDLE_SUMMARY_FOLD_H
