//===- Verdict.h - What a graph of states shows ---------------*- C++ -*-===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Role: from an explored graph to faults: failures that were met, and tasks
// that are blocked for ever: stuck in a state from which no state can be
// reached in which they go on. What was not explored counts as going on.
//
//===----------------------------------------------------------------------===//
#ifndef HEDDLE_EXPLORE_VERDICT_H
#define HEDDLE_EXPLORE_VERDICT_H

#include "explore/Search.h"

namespace heddle::explore {

/// Appends the faults of Done, one per kind and location, shortest first.
void conclude(const ir::Unit &U, FuncId Entry, const Search &Done,
              std::vector<Fault> &Out);

} // namespace heddle::explore

#endif // HEDDLE_EXPLORE_VERDICT_H
