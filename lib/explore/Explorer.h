//===- Explorer.h - Interleavings of a task network -----------*- C++ -*-===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Role: runs a unit's tasks against each other. From every entry it explores
// the interleavings of the tasks that the entry starts, within stated bounds,
// and keeps what goes wrong, each with a shortest interleaving.
//
//===----------------------------------------------------------------------===//
#ifndef HEDDLE_EXPLORE_EXPLORER_H
#define HEDDLE_EXPLORE_EXPLORER_H

#include "ir/Skeleton.h"
#include <string>
#include <vector>

namespace heddle::explore {

/// Bounds. Reaching one ends the exploration of that entry: faults found until
/// then stand, but nothing is concluded from what was not seen.
struct Limits {
  unsigned Tasks = 6;       ///< alive at once
  unsigned States = 20'000; ///< per entry
  unsigned Depth = 2'000;   ///< steps of one interleaving
};

/// One step of an interleaving, in the order of events.
struct Step {
  unsigned Task = 0; ///< 0 is the entry
  SourceSpan Loc;
  std::string Text; ///< "task 'Produce' sends on 'numbers'"
};

enum class FaultKind : uint8_t {
  SendOnClosed,
  CloseOfClosed, ///< or of nil
  NegativeCounter,
  LeakedTask, ///< blocked for ever after the entry has returned
  Deadlock,   ///< the entry itself is blocked for ever
};

struct Fault {
  FaultKind Kind;
  FuncId Entry;
  SourceSpan Loc; ///< where it fails or blocks
  SourceSpan Spawn; ///< LeakedTask: where the task was started
  ObjId Object;   ///< on what
  std::string TaskName;
  std::vector<Step> Trace;
  /// No branch on the way depends on anything unknown.
  bool IsCertain = false;
};

struct Stats {
  unsigned Entries = 0, BoundsReached = 0;
  uint64_t States = 0;
};

struct Exploration {
  std::vector<Fault> Faults; ///< one per kind and location, shortest trace
  Stats Counts;
};

/// Explores every entry of Unit.
Exploration explore(const ir::Unit &Unit, const Limits &Bounds = {});

} // namespace heddle::explore

#endif // HEDDLE_EXPLORE_EXPLORER_H
