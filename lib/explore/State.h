//===- State.h - A moment of a task network -------------------*- C++ -*-===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Role: one state of the exploration: the tasks with their frames, the cells
// (run-time objects) that they reach, and what is known of numbers.
//
// A *cell* is one object at run time. A frame's *environment* says which cell
// each local name denotes; a lambda's environment has the one in which it was
// made as its parent. Values::ObjId is here the index of a cell.
//
// Invariants: an index into Cells, Envs or Closures is of this state only, and
// -1 means none. Envs[0] holds globals and statics. canonicalise() drops what
// nobody reaches and renumbers the rest, so that equal moments get equal
// hashes whatever the order of events that led there; fields marked "history"
// take no part in that. Typical size: 3 tasks, 30 cells, 3 kB.
//
//===----------------------------------------------------------------------===//
#ifndef HEDDLE_EXPLORE_STATE_H
#define HEDDLE_EXPLORE_STATE_H

#include "explore/Explorer.h"
#include "ir/Skeleton.h"
#include "summary/Values.h"
#include "llvm/ADT/SmallVector.h"
#include <array>
#include <optional>

namespace heddle::explore {

/// Most tasks alive at once that a state can hold, whatever Limits say.
inline constexpr unsigned MaxTasks = 15;
/// Lock held by a task that has ended.
inline constexpr int GoneTask = -2;
inline constexpr int64_t UnknownCapacity = -1;
/// Capacity of a guard and of a context: their Refs are cells, not tasks.
inline constexpr int64_t RefsAreCells = -2;

using IndexList = llvm::SmallVector<int, 2>;

struct Cell {
  enum Flag : uint16_t {
    Open = 1,       ///< code that is not seen can act on it
    Summarised = 2, ///< stands for several objects; implies Open
    Made = 4,
    Nil = 8,
    Closed = 16,      ///< channel closed, context cancelled, handle that throws
    Running = 32,     ///< a once whose function runs
    Finished = 64,    ///< a once whose function ran; a ticker that was stopped
    Holding = 128,    ///< a guard that holds its locks
    SharedMode = 256, ///< a guard that holds them shared
    Joinable = 512,   ///< a handle that was given a task or a promise
    Signalled = 1024, ///< a condition that was signalled
    TimesOut = 2048,  ///< a context with a deadline, a timer
    Lost = 4096,      ///< a value that extraction could not follow
    Changed = 8192,   ///< a value that is not known, set while others ran
    Keyed = 16384,    ///< a map's slot: Count is its key
    Uncounted = 32768, ///< a number that was not counted to its end
  };
  ObjId Origin; ///< the place by which it was first reached
  uint16_t Flags = 0;
  uint32_t Key = 0; ///< which part of Base
  int Base = -1;
  int Target = -1; ///< it denotes that other cell
  int Fn = -1;     ///< callable: index into Closures
  /// The constructor that began it: says of what class it is. None when that
  /// was not seen.
  FuncId Class;
  /// Counter: its value. Channel: values inside. Handle: tasks that run.
  /// Timer: has a time to give.
  int64_t Count = 0;
  /// Of a channel; the most that a counter counts.
  int64_t Capacity = UnknownCapacity;
  /// Lock: the task that holds it exclusively. Once: the one that runs it.
  /// Channel: the one that closed it.
  int Holder = -1;
  int Depth = 0;
  /// Lock: shared holders. Guard: locks. Context: parent.
  IndexList Refs;
  /// Channel: what the values inside are, first in first out; -1 for one that
  /// is not known. Handle: what its task returned. Empty when none is known.
  IndexList Items;
  /// Of a number that is not known: what it was computed from, a bit each. None
  /// when it is an unknown of its own.
  uint64_t Roots = 0;
  uint32_t Serial = 0; ///< history: one per creation
  uint16_t Reach = 0;  ///< which tasks can reach it, a bit each; derived

  bool is(Flag F) const { return Flags & F; }
  void put(Flag F, bool On = true) {
    Flags = On ? uint16_t(Flags | F) : uint16_t(Flags & ~F);
  }
};

struct Env {
  FuncId Function;
  int Parent = -1;
  llvm::SmallVector<std::pair<ObjId, int>, 6> Slots; ///< sorted

  int *find(ObjId O);
  void put(ObjId O, int Cell);
  void erase(ObjId O);
};

/// An evaluated operand.
struct Arg {
  enum class Kind : uint8_t { None, Cell, Number, Closure };
  Kind K = Kind::None;
  int Index = -1;
  summary::Interval Number;
  bool IsLost = false; ///< as Cell::Lost, of Number
  uint64_t Roots = 0;  ///< as Cell::Roots, of Number
};

using BoundArgs = llvm::SmallVector<Arg, 2>;

struct Closure {
  const ir::Callable *Fn = nullptr;
  int Env = -1;
  int This = -1;
  BoundArgs Bound;
};

struct Frame {
  FuncId Function;
  uint32_t Block = 0, Op = 0;
  int Env = -1;
};

struct Task {
  enum class Status : uint8_t {
    Runs,
    Paused, ///< ran for long without meeting anybody; goes on at any time
    Spins,  ///< goes round for ever without meeting anybody
    Done,
  };
  /// How far the operation at hand has come: a condition wait's predicate and
  /// the wait itself.
  enum class Phase : uint8_t {
    Start,
    PredTrue,
    PredFalse,
    PredUnknown,
    Waiting,
    WaitingInDoubt, ///< what was unknown made it wait; a signal may end it
    WaitingUnsure,  ///< so may anything: the predicate itself is unknown
    Woken
  };
  llvm::SmallVector<Frame, 4> Stack;
  Status State = Status::Runs;
  Phase At = Phase::Start;
  bool IsEntry = false;
  /// Since it last came to hold a lock while it held none, a branch that is not
  /// known went one way: what that lock guards may say otherwise.
  bool IsInDoubt = false;
  const ir::Op *SpawnOp = nullptr; ///< null for the entry
  FuncId Root;
  int Handle = -1, Counter = -1;
  uint32_t Serial = 0;   ///< history
  bool HasMoved = false; ///< history: in the last transition
};

/// A branch that was taken although what is known did not decide it.
struct Guess {
  uint64_t Site = 0;  ///< where
  uint64_t Roots = 0; ///< which unknowns it went by, as Cell::Roots
  /// The one unknown whose value says how it was taken. None when nothing does.
  ObjId Of;
  auto operator<=>(const Guess &) const = default;
};

/// What happened on the way, for traces.
struct Event {
  enum class Kind : uint8_t { Spawn, Act, DrainedRecv, Return, TaskEnd };
  Kind K = Kind::Act;
  ir::OpKind Op = ir::OpKind::Yield;
  uint32_t Task = 0;
  uint32_t Other = 0;    ///< Spawn: the new task
  uint32_t Object = ~0u; ///< serial of the cell
  ObjId Place;
  SourceSpan Loc;
  FuncId Root; ///< Spawn: the function that the new task runs
};

struct Failure {
  FaultKind Kind;
  uint32_t Task;
  uint32_t Object;
  ObjId Place;
  SourceSpan Loc;
  bool IsNil = false; ///< the channel, and so not closed
};

/// A copy has room for a few more: most steps from a state add some.
template <class T> struct Roomy : std::vector<T> {
  Roomy() = default;
  Roomy(Roomy &&) = default;
  Roomy(const Roomy &O) {
    this->reserve(O.size() + 8);
    this->insert(this->end(), O.begin(), O.end());
  }
  Roomy &operator=(Roomy &&) = default;
  Roomy &operator=(const Roomy &O) { return *this = Roomy(O); }
};

struct State {
  Roomy<Cell> Cells;
  Roomy<Env> Envs;
  std::vector<Closure> Closures;
  std::vector<Task> Tasks;
  summary::Values Numbers;
  llvm::SmallVector<Guess, 2> Guesses; ///< sorted
  bool EntryReturned = false;
  /// A task went past a wait on an open object: the order of what different
  /// tasks do from here on is not known.
  bool OrderLost = false;
  /// An amount that is not known was taken to be some number: what depends on
  /// anything else that is not known is not followed from here.
  bool IsGuess = false;
  /// Not followed further: a bound, or a failure.
  bool IsCut = false;

  // History.
  uint16_t CutBy = 0; ///< a bit for each Bound; none for a failure
  bool IsUncertain = false;
  uint32_t CellSerial = 0, TaskSerial = 0;
  std::vector<Event> Events; ///< of the last transition only
  std::optional<Failure> Failed;

  Cell &cell(int I) { return Cells[size_t(I)]; }
  const Cell &cell(int I) const { return Cells[size_t(I)]; }
  void cut(Bound B) {
    IsCut = true;
    CutBy |= uint16_t(1u << unsigned(B));
  }
  int addCell(ObjId Origin, uint16_t Flags);
  /// The part Key of Base; -1 when it has none.
  int findPart(int Base, uint32_t Key) const;
  /// The cell is no element of anything any more.
  void detach(int Element);
  int addEnv(FuncId F, int Parent);
};

struct StateHash {
  uint64_t A = 0, B = 0;
  bool operator==(const StateHash &) const = default;
};

/// Which task of the state before is which after.
using TaskMap = std::array<uint8_t, MaxTasks + 1>;
inline constexpr uint8_t NoTask = 0xff;

/// Brings S into its canonical form and recomputes Cell::Reach. Sorts alike
/// tasks when BySymmetry. Returns where each task went.
TaskMap canonicalise(State &S, bool BySymmetry);
/// Requires: canonical.
StateHash hash(const State &S);

} // namespace heddle::explore

#endif // HEDDLE_EXPLORE_STATE_H
