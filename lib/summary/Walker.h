//===- Walker.h - Walks the paths of one function -------------*- C++ -*-===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Role: makes a PathGraph. Breadth first over (point, state), each once; a
// call continues once for every outcome of the callee's summary.
// The parts: Walker (steps, branches), WalkLocks, WalkTasks, WalkCalls.
// Bounds: MaxNodes and MaxWork a function, MaxUnitWork for each unit that the
// program is linked from, MaxStates at one point. What is beyond a bound is not
// walked and the graph is not complete. Cost: linear in the nodes and in the
// effects that calls bring in. A typical function has as many nodes as
// operations.
//
//===----------------------------------------------------------------------===//
#ifndef HEDDLE_SUMMARY_WALKER_H
#define HEDDLE_SUMMARY_WALKER_H

#include "summary/CallEffects.h"
#include "summary/Renaming.h"
#include "summary/Summary.h"
#include <deque>
#include <unordered_map>
#include <unordered_set>

namespace heddle::summary {

class Walker {
public:
  static constexpr unsigned MaxNodes = 6'000;
  static constexpr unsigned MaxStates = 96;
  /// Effects of callees carried over; 100'000 take about a tenth of a second.
  static constexpr uint64_t MaxWork = 40'000;
  static constexpr uint64_t MaxUnitWork = 400'000;
  /// Tasks that a task leaves running, for its starter; more are not followed.
  static constexpr size_t MaxHeirs = 16;
  /// Calls on the way to a context that is left to the caller.
  static constexpr size_t MaxVia = 6;
  /// What a function may still do when the unit's work is used up.
  static constexpr uint64_t LeastWork = 2'000;

  Walker(Summaries &All, FuncId F, const CallableBindings &With);
  std::unique_ptr<PathGraph> run();

private:
  using StatePtr = std::shared_ptr<PathState>;

  struct Point {
    BlockId Block;
    unsigned OpIndex;
    StatePtr State;
    unsigned Pred;
  };

  // Walker.
  void step(Point P);
  void terminator(const Point &P, unsigned Node);
  void enter(BlockId Block, StatePtr State, unsigned Pred);
  void next(const Point &P, unsigned Node, StatePtr State);
  unsigned addNode(const Point &P);
  void exitBy(unsigned Node, ExitKind Kind);
  void nextTurn(PathState &S, const ir::Op &Op);
  void setValue(PathState &S, ObjId O, const ir::Operand &V);
  void noteSet(PathState &S, ObjId O);
  void noteFound(PathState &S, const ir::Op &Op);
  bool changesByTurn(ObjId O) const;
  void forgetIdentity(PathState &S, ObjId O);
  ObjId slot(const PathState &S, ObjId O);
  ir::ExprRef inSlots(const PathState &S, const ir::ExprRef &E);
  bool isOutside(ObjId O) const;
  void noteRequired(PathState &S, const ir::ExprRef &Cond);
  Event event(const ir::Op &Op, const PathState &S, ObjId Obj) const;

  // WalkLocks.
  bool lockOp(const ir::Op &Op, const Point &P, unsigned Node);
  void acquire(PathState &S, ObjId Lock, ir::Mode How, SourceSpan Since,
               bool IsScoped);
  void release(PathState &S, ObjId Lock);
  void dropGuard(PathState &S, ObjId Guard);
  /// Does what a callee did to a guard that it was given.
  void useGuard(PathState &S, ir::OpKind K, ObjId Guard, SourceSpan Loc);

  // WalkTasks.
  void taskOp(const ir::Op &Op, PathState &S, unsigned Node);
  void spawn(const ir::Op &Op, PathState &S, unsigned Node);
  /// A task that a task has started and leaves running when it ends.
  struct Heir {
    Task What;
    LiveTask How;
  };
  void makeTask(const ir::Op &Op, PathState &S, Task &T,
                std::vector<Heir> &Heirs);
  void addToTask(const ir::Op &Op, PathState &S, Task &T,
                 const ir::Callable &Fn, std::vector<Heir> &Heirs);
  unsigned internTask(Task T);
  void start(PathState &S, unsigned Task);
  static void addPending(const PathState &S, std::vector<Balance> &Before);
  void addLive(PathState &S, LiveTask L);
  /// Op waits for a while, and its result says which way that has ended.
  static bool tellsOfGivingUp(const ir::Op &Op);
  /// What is known behind such an Op that nobody has answered.
  static StatePtr waitedInVain(const ir::Op &Op, const Point &P);
  void dropWhileWaiting(const ir::Op &Op, PathState &S, Event &E);
  /// S has waited by doing K on Obj: what ends or signals by it is awaited.
  void await(PathState &S, ir::OpKind K, ObjId Obj);
  void awaitTasks(PathState &S, std::vector<LiveTask> Done);
  void add(PathState &S, ObjId Counter, int64_t Delta, bool Known,
           SourceSpan Loc);
  void loseTrack(PathState &S, ObjId O);
  void putAway(PathState &S, ObjId O, unsigned Depth = 4);
  void noteJoinable(PathState &S, ObjId Handle, bool Is);
  void notePointer(PathState &S, ObjId Pointer, ObjId To);
  void noteFollowed(Point &P, const ir::Op &Op);
  bool isAddress(ObjId O) const;

  // WalkContexts.
  void derive(PathState &S, ObjId Context, const ir::Op &Op);
  void settle(PathState &S, ObjId Context);
  /// Somebody out of sight has got hold of O.
  void handOn(PathState &S, ObjId O);
  void handOn(PathState &S, const ir::Callable &Fn, unsigned Depth);
  void handOn(PathState &S, const ir::Operand &A);
  void keep(PathState &S, ObjId In, const ir::Operand &What);
  void keepParts(PathState &S, ObjId In, ObjId New);
  void leaveOwed(PathNode &Node, const ir::Terminator &T);
  void takeOver(PathState &S, const Outcome &O, const Renaming &Rename,
                SourceSpan CallSite);

  // WalkCalls.
  bool endsReplaced(const ir::Op &Op, const Point &P);
  void call(const ir::Op &Op, const Point &P, unsigned Node);
  size_t leastSettled(const ir::Op &Op, FuncId Target, const Summary &Callee,
                      const Renaming &Rename, const PathState &S) const;
  void callTarget(const ir::Op &Op, const ir::Callable &Fn, FuncId Target,
                  const Point &P, unsigned Node);
  const CallEffects &effectsOf(const ir::Op &Op, const Summary &Callee,
                               ObjId This, const std::vector<ir::Operand> &Args,
                               const Point &P, const Renaming &Rename);
  void nameWhatIsLeft(Renaming &Rename, const Summary &Callee, FuncId Target,
                      const ir::Op &Op);
  void applyOutcome(PathState &S, const Outcome &O, const Renaming &Rename,
                    const Summary &Callee, const ir::Op &Op, unsigned Node);
  void openCall(const ir::Op &Op, const ir::Callable &Fn, PathState &S,
                unsigned Node);
  void noteLost(ObjId O, unsigned Node);
  ir::Callable resolveCallable(const PathState &S, const ir::Callable &Fn);
  std::vector<ir::Callable> whatRuns(const PathState &S,
                                     const ir::Callable &Fn);
  std::vector<ir::Operand> resolveArgs(const PathState &S,
                                       const ir::Callable &Fn,
                                       const std::vector<ir::Operand> &Args);
  const Summary &summaryOf(FuncId Target, const std::vector<ir::Operand> &Args,
                           const PathState *Now = nullptr);

  Summaries &All;
  ir::Unit &U;
  FuncId F;
  std::unique_ptr<PathGraph> Graph;
  std::deque<Point> Todo;
  CallableBindings With;
  uint64_t Work = 0;
  std::unordered_map<const ir::Op *, std::deque<CallEffects>> Effects;

  struct StateHash {
    size_t operator()(const StatePtr &S) const { return S->hash(); }
  };
  struct StateEqual {
    bool operator()(const StatePtr &A, const StatePtr &B) const {
      return *A == *B;
    }
  };
  std::vector<std::unordered_set<StatePtr, StateHash, StateEqual>> Seen;
};

} // namespace heddle::summary

#endif // HEDDLE_SUMMARY_WALKER_H
