//===- PathState.h - What is known at a point of one path -----*- C++ -*-===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Role: the state that walking a function carries along each path. Relative to
// the function's entry: a lock that is not in Held was not acquired here.
// Invariants: objects are resolved (bindings followed). IsCertain is no part
// of a state's identity: of two ways to the same state the first stays.
// Typical size: under ten entries in all.
//
//===----------------------------------------------------------------------===//
#ifndef HEDDLE_SUMMARY_PATHSTATE_H
#define HEDDLE_SUMMARY_PATHSTATE_H

#include "summary/Effects.h"
#include "summary/Values.h"

namespace heddle::summary {

struct CounterState {
  ObjId Counter;
  /// Adds and Dones so far, less what the started tasks will take.
  int Pending = 0;
  /// Adds and Dones of this function and its callees alone.
  int Delta = 0;
  /// Where the last Add stands.
  SourceSpan Added;
  bool operator==(const CounterState &O) const {
    return Counter == O.Counter && Pending == O.Pending && Delta == O.Delta;
  }
};

struct PathState {
  Values Numbers;
  std::vector<std::pair<ObjId, ir::Operand>> Bindings; ///< sorted by place
  std::vector<HeldLock> Held;
  std::vector<HeldLock> Dropped; ///< acquired here and released again
  std::vector<ObjId> Released;   ///< released without being acquired here
  std::vector<GuardState> Guards;
  /// On guards that the function was given.
  std::vector<GuardUse> GuardUses;
  /// Values that were branched on before they were set here, and places that
  /// were set here.
  Requirements Requires;
  std::vector<ObjId> WasSet;
  std::vector<CounterState> Counters;
  std::vector<ObjId> Waited;
  std::vector<LiveTask> Live;
  std::vector<OwedCancel> Owed;
  /// Contexts from outside that were cancelled or handed on.
  std::vector<ObjId> Settled;
  /// Code that the engine cannot see has got hold of these.
  std::vector<ObjId> Unknown;
  /// Where the last callee left that counts differently on its other ways.
  SourceSpan LeftAt;
  /// No branch so far depends on anything unknown.
  bool IsCertain = true;

  const HeldLock *held(ObjId Lock) const;
  /// Acquired or released here, at any time.
  bool touched(ObjId Lock) const;
  GuardState *guard(ObjId Guard);
  CounterState &counter(ObjId Counter);
  const CounterState *findCounter(ObjId Counter) const;
  const ir::Operand *binding(ObjId O) const;
  void bind(ObjId O, ir::Operand To);
  void unbind(ObjId O);
  bool isUnknown(const ir::Unit &U, ObjId O) const;

  /// The same names denote the same in both.
  bool sameBindings(const PathState &O) const;
  bool operator==(const PathState &O) const;
  size_t hash() const;
};

} // namespace heddle::summary

#endif // HEDDLE_SUMMARY_PATHSTATE_H
