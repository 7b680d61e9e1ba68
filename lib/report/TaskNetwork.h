//===- TaskNetwork.h - An entry's tasks and what they share --*- C++ -*-===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Role: the static picture of a task network, for NetworkDot. It is read off
// the entry's summary: its own events, and those of each task that it starts,
// in its names.
//
//===----------------------------------------------------------------------===//
#ifndef HEDDLE_REPORT_TASKNETWORK_H
#define HEDDLE_REPORT_TASKNETWORK_H

#include "summary/Summary.h"

namespace heddle::report {

struct TaskNetwork {
  struct Action {
    /// Where it is: the calls of the task that lead there, then itself.
    std::vector<SourceSpan> Path;
    ir::OpKind Kind = ir::OpKind::Yield;
    ObjId Obj = {};       ///< none for a spawn
    unsigned Starts = 0;  ///< Spawn: index of the task
    bool IsAtEnd = false; ///< done by the runtime when the task is over
    bool operator==(const Action &) const = default;
  };
  struct Member {
    std::string Name;
    SourceSpan Start; ///< the spawn; not valid for the entry
    unsigned Parent = 0;
    bool IsMany = false; ///< started in a loop
    /// In the order of the lines on which the task's own code comes to them,
    /// each once.
    std::vector<Action> Actions = {};
  };
  std::vector<Member> Tasks; ///< the entry first, parents before children
};

/// Sliced: see NetworkDot.h. Tasks is empty when fewer than two are left.
TaskNetwork taskNetwork(const summary::Summaries &All, FuncId Entry);

} // namespace heddle::report

#endif // HEDDLE_REPORT_TASKNETWORK_H
