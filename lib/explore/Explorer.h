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
#include <array>
#include <string>
#include <vector>

namespace heddle::explore {

/// Bounds. A path that reaches one is not followed further: faults found until
/// then stand, but nothing is concluded from what was not seen.
struct Limits {
  unsigned Tasks = 12;          ///< alive at once; at most 15
  unsigned States = 20'000;     ///< per entry
  unsigned UnitStates = 60'000; ///< all entries together, for each linked unit
  /// Work, per entry and for all entries together, for each unit that the
  /// program is linked from. A step is one
  /// operation run, or 16 cells of a state copied or put in order: what a state
  /// costs grows with it. 100'000 steps take about a tenth of a second.
  uint64_t Steps = 150'000, UnitSteps = 160'000;
  unsigned Depth = 2'000; ///< transitions of one interleaving
  unsigned Calls = 24;    ///< frames of one task
  /// Off: every operation on a shared object is interleaved and alike tasks
  /// are kept apart. The verdicts are the same; for the test of just that.
  bool Reduce = true;
};

enum class StepKind : uint8_t {
  Act,
  Spawn,  ///< starts task Step::Starts
  Ends,   ///< the task's last: the entry returns, a task is over
  Fails,  ///< the fault itself
  Blocks, ///< the same, of a task that never goes on
};

/// One step of an interleaving, in the order of events.
struct Step {
  unsigned Task = 0; ///< 0 is the entry
  SourceSpan Loc;
  std::string Text; ///< "task 'Produce' sends on 'numbers'"
  StepKind Kind = StepKind::Act;
  unsigned Starts = 0; ///< Spawn
  /// The step of the same trace that made this one possible: the send of what
  /// is received, the close that is found, the count that ends a wait. -1 when
  /// there is none.
  int Answers = -1;
};

enum class FaultKind : uint8_t {
  SendOnClosed,
  CloseOfClosed, ///< or of nil
  NegativeCounter,
  ReusedCounter, ///< added to before all who waited for it have gone on
  LeakedTask, ///< a task is blocked for ever while the entry goes on or is gone
  Deadlock,   ///< the entry is blocked for ever, or a task by itself
};

/// A task that waits for ever.
struct Waiter {
  SourceSpan Loc;
  ir::OpKind Op = ir::OpKind::Yield;
  ObjId Object; ///< on what; none for a wait without an object
  bool IsSelect = false;
  std::string TaskName;
};

struct Fault {
  FaultKind Kind;
  FuncId Entry;
  SourceSpan Loc;   ///< where it fails or blocks
  SourceSpan Spawn; ///< LeakedTask: where the task was started
  ObjId Object;     ///< on what; none for a wait without an object
  /// What is done there: Send, Recv, Lock, Wait, Join, …
  ir::OpKind Op = ir::OpKind::Yield;
  bool IsSelect = false; ///< one of several cases
  /// CloseOfClosed: it never was open. Blocked: all that it waits for are nil.
  bool IsNil = false;
  /// Recv: in a loop that only the channel's close ends, or nothing does.
  bool IsRange = false;
  /// Wait: nobody is left who could count the counter down.
  bool IsShort = false;
  /// Join: of the very task that waits.
  bool JoinsItself = false;
  /// The place by which Object was first reached: where it was made.
  ObjId Origin;
  /// The entry's function had returned.
  bool EntryReturned = false;
  std::string TaskName; ///< "task 'Produce'", "'main'"
  /// Deadlock: the other tasks that are blocked in that state.
  std::vector<Waiter> Others;
  std::vector<Step> Trace;
  std::vector<std::string> Tasks; ///< their names, by Step::Task
  /// No branch on the way depends on anything unknown.
  bool IsCertain = false;
};

/// What keeps an exploration from being complete.
enum class Bound : uint8_t {
  Tasks,   ///< Limits::Tasks
  States,  ///< Limits::States and UnitStates
  Steps,   ///< Limits::Steps and UnitSteps
  Depth,   ///< Limits::Depth
  Calls,   ///< Limits::Calls, and a function three times on one stack
  Counts,  ///< how far counters, queues and locks are counted
  Order,   ///< what code that is not seen does may come first
  Choices, ///< branches that may hang together
};
inline constexpr unsigned BoundKinds = 8;
const char *nameOf(Bound B);

/// Of one entry.
struct EntryStats {
  FuncId Entry;
  unsigned States = 0;
  uint16_t Reached = 0; ///< a bit for each Bound
};

struct Stats {
  unsigned Entries = 0, BoundsReached = 0;
  uint64_t States = 0;
  std::array<unsigned, BoundKinds> Reached{}; ///< entries, by Bound
  void add(const Stats &O);
};

struct Exploration {
  std::vector<Fault> Faults; ///< one per kind and location, shortest trace
  std::vector<EntryStats> Entries; ///< in the order of their exploration
  Stats Counts;
};

/// Explores every entry of Unit.
Exploration explore(const ir::Unit &Unit, const Limits &Bounds = {});

} // namespace heddle::explore

#endif // HEDDLE_EXPLORE_EXPLORER_H
