//===- NetworkDot.h - The task network as a graph -------------*- C++ -*-===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Role: who starts whom, and over which objects they meet, as a DOT graph for
// each entry: tasks as clusters of their operations in the order of lines,
// objects as nodes, an edge for each operation, in the direction in which
// something flows. Sliced to what matters: objects that two tasks reach,
// operations on those, tasks that have one or start one that has.
// In: the summaries of a unit and its entries. Out: text, the same for the same
// unit; an entry without a second task has no graph.
// Limits: a task is known as its starter's summary knows it; what its own
// callees keep to themselves is not in it.
//
//===----------------------------------------------------------------------===//
#ifndef HEDDLE_REPORT_NETWORKDOT_H
#define HEDDLE_REPORT_NETWORKDOT_H

#include "summary/Summary.h"
#include "llvm/ADT/ArrayRef.h"

namespace heddle::report {

std::string networkDot(const summary::Summaries &All,
                       llvm::ArrayRef<FuncId> Entries);

} // namespace heddle::report

#endif // HEDDLE_REPORT_NETWORKDOT_H
