//===- Effects.h - What functions and tasks do to objects -----*- C++ -*-===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Role: the vocabulary of summaries. All objects are in the names of whoever
// holds the effect: a function's own parameters in its summary, the caller's
// objects after renaming. An effect on an object that the holder has no name
// for (a local of the callee) is dropped.
//
//===----------------------------------------------------------------------===//
#ifndef HEDDLE_SUMMARY_EFFECTS_H
#define HEDDLE_SUMMARY_EFFECTS_H

#include "summary/Values.h"
#include <limits>
#include <vector>

namespace heddle::summary {

struct HeldLock {
  ObjId Lock;
  ir::Mode How = ir::Mode::Plain;
  SourceSpan Since;
  /// A guard gives it back; no path can forget to.
  bool IsScoped = false;
  bool operator==(const HeldLock &) const = default;
};

/// A lock that was taken before, and perhaps given back.
struct TakenLock {
  ObjId Lock;
  SourceSpan Loc; ///< in the function that says so: the acquisition or call
  bool OnEveryPath = false;
  bool operator==(const TakenLock &) const = default;
};

/// What a path found in places that its function did not set before. A caller
/// that knows of another value knows that the path is not taken.
using Requirements = std::vector<std::pair<ObjId, Interval>>;

/// Something done on some path: by the function itself, its callees, or, when
/// InTask, by a task that it starts.
struct Event {
  ir::OpKind Kind;
  ObjId Obj;
  ir::Mode How = ir::Mode::Plain;
  SourceSpan Loc;
  /// The calls that lead there, outermost first.
  std::vector<SourceSpan> Via;
  std::vector<HeldLock> Held; ///< since the function was entered
  /// Locks of the function's caller that it gave back before; those that it
  /// took again are in Held too.
  std::vector<ObjId> Freed;
  Requirements Requires;
  /// The function did not itself acquire or release Obj before on that path,
  /// so what its caller did to Obj counts.
  bool IsExposed = true;
  bool InTask = false;
  /// Done to a copy that the task has for itself: of an argument, or of what
  /// its lambda captured by value.
  bool OnCopy = false;
  /// No branch on the way depends on anything unknown.
  bool IsCertain = false;
  /// It stands in a loop, so that it may happen any number of times.
  bool IsRepeated = false;
  /// One case of the select there; CanPass when another case needs nobody.
  SourceSpan Select;
  bool CanPass = false;

  // What came before in the same task (Timeline.h).
  /// A way by which others can go on (isSignal): the locks taken before.
  std::vector<TakenLock> Took;
  /// A wait or acquisition while locks are held: what was waited for on every
  /// way here, and what others may have been told.
  std::vector<ObjId> After, Told;
  bool operator==(const Event &) const = default;
};

/// What lets others go on that wait, or tells them that a task is done.
bool isSignal(ir::OpKind K);
/// What may have to wait for another task, acquisitions of locks left out.
bool isWait(ir::OpKind K);

/// What a counter changed by; Many when it is not a known number.
struct Balance {
  static constexpr int Many = std::numeric_limits<int>::max();
  static constexpr int Limit = 32;
  ObjId Counter;
  int Delta = 0;
  bool operator==(const Balance &) const = default;

  static int add(int A, int64_t B) {
    if (A == Many || B == Many)
      return Many;
    int64_t S = A + B;
    return S > Limit || S < -Limit ? Many : int(S);
  }
};

/// A scoped guard and what it has charge of.
struct GuardState {
  ObjId Guard;
  std::vector<ObjId> Locks;
  ir::Mode How = ir::Mode::Plain;
  bool Owns = false;
  bool operator==(const GuardState &) const = default;
};

/// Something done to a guard that was made before the function was entered.
struct GuardUse {
  ir::OpKind Kind;
  ObjId Guard;
  bool operator==(const GuardUse &) const = default;
};

/// A context that was derived and not cancelled yet; nobody else has the means
/// to cancel it.
struct OwedCancel {
  ObjId Context; ///< or the place where its cancel function is kept
  ObjId Parent;
  SourceSpan Made;
  std::vector<SourceSpan> Via; ///< the calls that lead there, outermost first
  bool IsTimed = false;        ///< it ends by itself, later
  bool operator==(const OwedCancel &) const = default;
};

enum class ExitKind : uint8_t { Return, Throw };

/// One way in which a task can end.
struct TaskExit {
  ExitKind Kind = ExitKind::Return;
  SourceSpan Loc;
  std::vector<Balance> Balances;
  bool IsCertain = false;
  bool operator==(const TaskExit &) const = default;
};

/// A task that was started, in its starter's names.
struct Task {
  SourceSpan Loc; ///< the spawn
  std::vector<SourceSpan> Via;
  /// Started by a task: the spawns that lead there, outermost first.
  std::vector<SourceSpan> By;
  std::string Name;
  ir::Mode How = ir::Mode::Plain;
  ObjId Handle;
  /// Counted down by the runtime when the task ends (wg.Go).
  ObjId Counted;
  /// Nothing is known of what it does.
  bool IsOpen = false;
  /// It signals by, or waits for, something that its holder has no name for, so
  /// that whether it is waited for cannot be told.
  bool IsBlurred = false;
  std::vector<Event> Events;
  std::vector<TaskExit> Exits; ///< empty: it never ends
  bool operator==(const Task &) const = default;

  /// The most that it takes from Counter on one of its ways; Many when that
  /// is not known, 0 when it does not touch it.
  int takes(ObjId Counter) const;
  bool does(ir::OpKind K, ObjId Obj) const;
  /// As does(), and not by a task that it starts.
  bool doesItself(ir::OpKind K, ObjId Obj) const;
  bool touches(ObjId Obj) const;
};

/// A started task that nothing has waited for yet.
struct LiveTask {
  unsigned Task = 0; ///< index in the holder's Tasks
  bool IsMany = false;
  bool IsDetached = false;
  /// Its handle went into a container, out of which nobody follows it: by that
  /// the task may be waited for.
  bool IsStored = false;
  /// For each counter that it takes from, what was pending when it started.
  std::vector<Balance> Before;
  bool operator==(const LiveTask &) const = default;
};

/// One class of paths through a function.
struct Outcome {
  ExitKind Kind = ExitKind::Return;
  SourceSpan Loc;
  ir::Operand Value;
  std::vector<Balance> Deltas;  ///< by the function and its callees
  std::vector<Balance> Pending; ///< less what the tasks that it started take
  std::vector<HeldLock> Kept;   ///< acquired and not released
  std::vector<ObjId> Released;  ///< released without having been acquired
  std::vector<ObjId> Waited;    ///< counters that were waited for
  std::vector<LiveTask> Live;
  std::vector<OwedCancel> Owed; ///< left to the caller
  std::vector<ObjId> Settled;   ///< contexts cancelled or handed on
  /// What members and other outer places denote afterwards.
  std::vector<std::pair<ObjId, ir::Operand>> Bindings;
  std::vector<GuardState> Guards; ///< made and still there
  std::vector<GuardUse> GuardUses;
  /// What it found, and what it left, in places that outlive it.
  Requirements Requires;
  std::vector<std::pair<ObjId, Interval>> Leaves;
  bool IsCertain = false;
};

struct Summary {
  /// Empty: never returns (or not known, see IsKnown).
  std::vector<Outcome> Outcomes;
  std::vector<Event> Events;
  std::vector<Task> Tasks;
  /// False: no body, or a bound was hit; the callee may do anything.
  bool IsKnown = false;
};

} // namespace heddle::summary

#endif // HEDDLE_SUMMARY_EFFECTS_H
