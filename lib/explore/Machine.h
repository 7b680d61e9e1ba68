//===- Machine.h - Runs the tasks of a state ------------------*- C++ -*-===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Role: the meaning of the operations. Given a state and a task, the states
// after that task's next action. Openness is decided here: what code that is
// not seen can act on never blocks for ever and never fails, and when such a
// wait is passed, State::OrderLost says that order is no longer known.
//
// Invariants: act() never runs a task that enabled() denies. Every function
// may create cells, so indexes stay valid and references to cells do not.
// Over budget: State::IsCut is set and the state is not run further.
// Files: Places.cpp (names to cells), Contents.cpp, Openness.cpp, Calls.cpp
// (frames, spawns), Returns.cpp (and exceptions), Depth.cpp, Schedule.cpp (who
// can go on), Step.cpp (one action), Channels.cpp, Locks.cpp, Conditions.cpp,
// Counters.cpp, Joins.cpp, Promises.cpp, Once.cpp, Timers.cpp (and contexts),
// Blockage.cpp, Ranges.cpp.
//
//===----------------------------------------------------------------------===//
#ifndef HEDDLE_EXPLORE_MACHINE_H
#define HEDDLE_EXPLORE_MACHINE_H

#include "explore/Network.h"
#include "explore/State.h"
#include "llvm/ADT/STLFunctionalExtras.h"

namespace heddle::explore {

using States = std::vector<State>;

class Machine {
public:
  Machine(const Network &Net, const Limits &Bounds)
      : Net(Net), U(Net.unit()), Bounds(Bounds) {}

  State start(FuncId Entry);

  /// True when T can go on.
  bool enabled(State &S, unsigned T);
  /// True when T's next action may depend on what other tasks do, so that its
  /// place in the order matters. Requires: enabled.
  bool mustInterleave(State &S, unsigned T);
  /// Appends the states after T's next action; none when a partner's own
  /// action stands for it. Requires: enabled.
  void act(State S, unsigned T, States &Out);

  /// Why T does not go on, for reports and verdicts. Requires: not enabled.
  struct Blockage {
    ir::OpKind Op = ir::OpKind::Yield;
    SourceSpan Loc;
    ObjId Place; ///< as the code there calls it
    int Cell = -1;
    std::vector<int> Others; ///< a select's further channels
    bool IsSelect = false;
    /// Unseen code, or something that was not followed, may end the wait.
    bool MayEnd = false;
    /// Whatever else happens, nothing in the unit ends it, but code that is not
    /// seen yet may.
    bool IsForEver = false;
    /// A receive in a loop that has no other way out than an end of all.
    bool IsDaemon = false;
    /// It waits for its own end.
    bool JoinsItself = false;
    bool IsNil = false, IsRange = false, IsShort = false; ///< as in Fault
    ObjId Origin;
  };
  Blockage blockage(State &S, unsigned T);

  /// Forgets locals that no path reads again.
  void dropDead(State &S) const;

  uint64_t steps() const { return Steps; }
  /// T has come to where ways meet, or has ended.
  bool isMeeting(const State &S, unsigned T) const;
  /// Counts the handling of all of S as work.
  void charge(const State &S) {
    Steps += 1 + (S.Cells.size() + S.Envs.size()) / 16;
  }
  /// Functions that were entered.
  const std::vector<bool> &entered() const { return Entered; }

private:
  using Task = explore::Task;
  struct Target {
    FuncId Function;
    int Env = -1;
    int This = -1;
    BoundArgs Bound;
  };
  struct Offer {
    unsigned Task;
    int Case; ///< of a select; -1 for a plain operation
  };

  // Places.cpp
  int resolve(State &S, int Env, ObjId O);
  uint16_t initialFlags(const ir::Object &Ob) const;
  int resolveSlot(State &S, int Env, ObjId O);
  int part(State &S, int Base, ObjId O);
  int slotToFill(State &S, int Env, ObjId O);
  int lookUp(const State &S, int Env, ObjId O) const;
  int follow(const State &S, int Cell) const;
  void bind(State &S, int Env, ObjId O, const Arg &A);
  void make(State &S, int Env, const ir::Op &Op);
  void setNumber(State &S, int Cell, summary::Interval V, uint64_t Roots = 0);
  void setResult(State &S, int Env, ObjId O, summary::Interval V);
  ir::ExprRef translate(State &S, int Env, const ir::ExprRef &E);
  summary::Interval evaluate(State &S, int Env, const ir::ExprRef &E);
  Arg evaluate(State &S, int Env, const ir::Operand &A);
  bool isLost(const State &S, int Cell) const;

  // Guesses.cpp
  uint64_t rootsOf(const State &S, int At) const;
  uint64_t rootsOf(State &S, int Env, const ir::ExprRef &E);
  uint64_t rootsOfAnswer(State &S, int Env, const ir::Op &Call);
  bool guess(State &S, unsigned T, const ir::ExprRef &Cond);

  int close(State &S, int Env, const ir::Callable &C); ///< makes a closure
  void markOpen(State &S, int Cell);
  void markOpen(State &S, const Arg &A);
  void markReach(State &S, int Cell, uint16_t Bits);
  void markReach(State &S, const Arg &A, uint16_t Bits);
  void havoc(State &S, int Cell);
  void havocOpen(State &S, llvm::function_ref<bool(int)> Keeps);
  void openKept(State &S, ObjId Place);
  void unknownCall(State &S, unsigned T, int This, const std::vector<Arg> &Args,
                   bool IsNamed);
  bool mayWaitForOthers(const State &S, unsigned T, int This,
                        const std::vector<Arg> &Args) const;
  bool mayWaitForOthers(State &S, unsigned T, const ir::Op &Call);
  bool isShared(const State &S, int Cell, unsigned T) const;
  bool mayHangTogether(const State &S, int At, unsigned T) const;
  bool isCommon(const State &S, int Cell) const;
  bool asksAtomic(State &S, unsigned T);
  Future futureOf(const Task &T) const;
  Future othersFuture(const State &S, unsigned T) const;

  // Maps.cpp
  static constexpr uint32_t FirstElement = 1u << 20; ///< Cell::Key
  bool isFollowed(const State &S, int Map) const;
  std::vector<int> slotsByKey(const State &S, int Map) const;
  void setSize(State &S, int Container, summary::Interval Size);
  int addSlot(State &S, int Map, int64_t Key, ObjId Element);
  static bool putsNew(const ir::Op &Op);
  static bool mustFind(const ir::Op &Op);
  bool isNone(State &S, int Env, const ir::Op &Op);
  void bindByKey(State &S, int Env, const ir::Op &Op, summary::Interval Key);
  void shiftByKey(State &S, int Env, const ir::Op &Op);

  // Lookups.cpp
  void elementBind(State S, unsigned T, const ir::Op &Op, States &Out);
  bool isComputed(const State &S, const ir::ExprRef &Index) const;
  bool isGiven(const State &S, int At) const;
  bool isFreeChoice(State &S, unsigned T, const ir::ExprRef &Index);
  std::vector<int64_t> choices(const State &S, int Container, bool ByKey) const;

  // Contents.cpp
  std::vector<int> elements(const State &S, int Container) const;
  int someElement(State &S, int Container);
  int elementSlot(State &S, int Container, summary::Interval Index,
                  ObjId Element);
  void forgetElements(State &S, int Container, bool AreOpen);
  void shift(State &S, int Container, bool All);
  bool isElementBind(const ir::Op &Op) const;
  void bindElement(State &S, int Env, const ir::Op &Op,
                   summary::Interval Index);
  int copyOf(State &S, int From, unsigned Depth = 0);
  int itemOf(State &S, const Arg &A, bool IsCopied);
  int sentBy(State &S, unsigned T, int Case);
  void deliver(State &S, int Env, ObjId Result, int Item);
  void shareContent(State &S, int From, int To);
  void putItem(State &S, int Channel, int Item);
  int takeItem(State &S, int Channel);

  // Calls.cpp
  void targets(State &S, int Env, const ir::Callable &C,
               std::vector<Target> &Out, bool &IsOpen, unsigned Depth = 0);
  void invoke(State S, unsigned T, const ir::Callable &C, int This,
              const std::vector<Arg> &Args, States &Out);
  bool isNull(const State &S, int At) const;
  void call(State S, unsigned T, const ir::Op &Op, States &Out);
  bool enter(State &S, Task &In, const Target &To, const std::vector<Arg> &Args,
             int Env);
  void spawn(State S, unsigned T, const ir::Op &Op, States &Out);

  // Returns.cpp
  void giveBack(State &S, unsigned T, const Frame &Left);
  void leave(State S, unsigned T, const ir::Operand &Value, States &Out);
  void unwind(State S, unsigned T, States &Out);
  void endTask(State &S, unsigned T);
  void terminate(State &S);

  // Depth.cpp
  bool isTooDeep(const Task &In, FuncId Callee) const;
  bool isPassable(const State &S, unsigned T, const Target &Callee,
                  const std::vector<Arg> &Args) const;
  void passOver(State S, unsigned T, const Target &Callee, int This,
                const std::vector<Arg> &Args, States &Out);

  // Step.cpp
  const ir::Op *nextOp(const State &S, unsigned T) const;
  const ir::Terminator &terminator(const State &S, unsigned T) const;
  void advance(State &S, unsigned T);
  void jump(State &S, unsigned T, BlockId To);
  void terminate(State S, unsigned T, States &Out);
  bool setsItself(State &S, int Env, const ir::Op &Op);
  void atomic(State &S, int Env, const ir::Op &Op);
  void nextTurn(State &S, unsigned T, const ir::Op &Op);
  bool isNameOfUnknown(const State &S, ObjId O, const Arg &Given) const;
  bool startsNobody(const State &S, unsigned T, const ir::ExprRef &If,
                    BlockId To) const;
  void count(State &S, int Env, ObjId O, int C, summary::Interval V,
             uint64_t Roots = 0);
  bool asksForgotten(const State &S, const ir::ExprRef &Cond) const;
  bool isUncounted(const State &S, const ir::ExprRef &E) const;
  bool dependsOnOthers(State &S, unsigned T);
  void leaveIdleLoop(State &S, unsigned T, BlockId WayOut);
  void branch(State S, unsigned T, States &Out);
  void plain(State S, unsigned T, const ir::Op &Op, States &Out);
  void record(State &S, unsigned T, const ir::Op &Op, int Cell);
  void record(State &S, unsigned T, ir::OpKind K, ObjId Place, SourceSpan Loc,
              int Cell, Event::Kind Kind = Event::Kind::Act);
  void fail(State &S, unsigned T, FaultKind K, ObjId Place, SourceSpan Loc,
            int Cell);
  void loseOrder(State &S, unsigned T);
  bool aloneToKnow(const State &S, unsigned T) const;

  // Channels.cpp
  struct Port { ///< one side of a communication that a task offers
    bool IsSend;
    int Cell; ///< -1: unknown channel
    int Case;
  };
  void ports(State &S, unsigned T, std::vector<Port> &Out);
  void partners(State &S, int Cell, bool Senders, unsigned Except,
                std::vector<Offer> &Out);
  static constexpr int64_t MostUnits = 1000;
  std::optional<int64_t> unitsOf(State &S, unsigned T);
  bool canSend(State &S, int Cell, unsigned T);
  bool canRecv(State &S, int Cell, unsigned T);
  void complete(State &S, const Offer &O, int64_t Result, int Item);
  void finishPort(State &S, unsigned T, int Case, summary::Interval Result,
                  int Item = -1);
  void send(const State &S, unsigned T, int Cell, int Case, States &Out);
  void recv(const State &S, unsigned T, int Cell, int Case, States &Out);
  void trySend(State S, unsigned T, const ir::Op &Op, States &Out);
  void tryRecv(State S, unsigned T, const ir::Op &Op, States &Out);
  void closeChannel(State S, unsigned T, const ir::Op &Op, States &Out);
  void select(const State &S, unsigned T, States &Out);
  bool channelMatters(State &S, unsigned T, int Cell, bool IsRecv);
  ObjId portPlace(const State &S, unsigned T, int Case) const;
  SourceSpan portLoc(const State &S, unsigned T, int Case) const;

  // Timers.cpp
  bool isContext(const Cell &C) const;
  bool isTimer(const Cell &C) const;
  /// A timer that sends but once each time it is started.
  static bool ticksOnce(const Cell &C) { return C.Capacity == 1; }
  bool isCancelled(const State &S, int Cell) const;
  bool mayTimeOut(const State &S, int Cell) const;
  bool mayHaveEnded(const State &S, int Cell) const;
  bool isYetToFire(const Task &T) const;
  bool isAwaited(const State &S, int Handle) const;
  bool isLeaving(const State &S, unsigned T) const;
  void derive(State S, unsigned T, const ir::Op &Op, States &Out);
  void cancel(State S, unsigned T, const ir::Op &Op, States &Out);

  // Ranges.cpp
  LoopEnd rangeEnd(const Task &T, ObjId Result) const;
  bool isShort(State &S, int Counter);

  // Locks.cpp
  bool isFree(const State &S, int Cell, unsigned T, bool Shared) const;
  bool areFree(const State &S, int Guard, unsigned T) const;
  IndexList guardsOf(State &S, int Env, const ir::Op &Op);
  bool holdsAny(const State &S, unsigned T) const; ///< a lock
  void acquire(State &S, int Cell, unsigned T, bool Shared);
  void release(State &S, int Cell, unsigned T, bool Shared);
  void acquireAll(State &S, int Guard, unsigned T);
  void releaseAll(State &S, int Guard, unsigned T);
  bool lockEnabled(State &S, unsigned T, const ir::Op &Op);
  void lockOp(State S, unsigned T, const ir::Op &Op, States &Out);

  // Conditions.cpp
  /// The guard or lock that a condition wait gives back meanwhile; -1 when it
  /// is not known.
  int lockOfWait(State &S, int Env, const ir::Op &Wait);
  bool condEnabled(State &S, unsigned T, const ir::Op &Op);
  void condWait(State S, unsigned T, const ir::Op &Op, States &Out);
  void wake(State S, unsigned T, const ir::Op &Op, States &Out);

  // Counters.cpp
  void guessAmount(const State &S, unsigned T, const ir::Op &Op, States &Out);
  bool asksOfElements(State &S, unsigned T);
  void counterOp(State S, unsigned T, const ir::Op &Op, States &Out);
  void limit(State &S, int Env, const ir::Op &Op);
  bool isLimited(const State &S, int Counter) const;
  const ir::Op *waitOf(State &S, unsigned T, int Counter);
  void endWaits(State &S, int Counter);

  // Joins.cpp
  bool isJoin(const ir::Op &Op) const;
  bool mayKnowItself(const Task &T) const;
  bool mayPassJoin(State &S, unsigned T, const ir::Op &Op);
  void takeResult(State S, unsigned T, const ir::Op &Op, int Handle,
                  States &Out);
  void join(State S, unsigned T, const ir::Op &Op, States &Out);

  // Promises.cpp
  bool isPromise(ObjId O) const;
  bool isPromised(const State &S, int At) const;
  bool isReady(const State &S, int Handle) const;
  void makePromise(State &S, int Promise, ObjId Place);
  void movePromise(State &S, int From, int To);
  int movedFrom(State &S, int From);
  void bindMoved(State &S, int Env, const ir::Op &Op);
  bool assignPromise(State &S, int Env, ObjId O, const Arg &A);
  void keepPromise(State &S, unsigned T, const ir::Op &Op);
  void giveResult(State &S, int Handle, int Item, bool Throws);

  // Once.cpp
  void once(State S, unsigned T, const ir::Op &Op, States &Out);

  const Network &Net;
  const ir::Unit &U;
  const Limits &Bounds;
  bool StartsInMain = false;
  uint64_t Steps = 0;
  std::vector<bool> Entered;
};

} // namespace heddle::explore

#endif // HEDDLE_EXPLORE_MACHINE_H
