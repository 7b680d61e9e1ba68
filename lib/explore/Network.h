//===- Network.h - What is known of a unit before it is run ---*- C++ -*-===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Role: the static facts that keep an exploration small. Which operations can
// a task still do from a block on (so that an independent one need not be
// interleaved); which locals are dead (so that states that differ in them
// only are one); which loops have no way out; where to begin.
// Indexed by function, block and op of the unit. Over budget (functions of
// more than MaxPoints ops) all locals count as live.
// Cost: linear in the unit, a few passes.
//
//===----------------------------------------------------------------------===//
#ifndef HEDDLE_EXPLORE_NETWORK_H
#define HEDDLE_EXPLORE_NETWORK_H

#include "ir/Skeleton.h"
#include "llvm/ADT/StringRef.h"
#include <unordered_map>
#include <vector>

namespace heddle::explore {

/// What may still be done from some point on; a superset.
struct Future {
  uint64_t Ops = 0;    ///< a bit for each OpKind
  uint64_t Reads = 0;  ///< valueBit()s
  uint64_t Writes = 0; ///< valueBit()s

  static constexpr uint64_t bit(ir::OpKind K) {
    return uint64_t(1) << unsigned(K);
  }
  Future &operator|=(const Future &O) {
    Ops |= O.Ops, Reads |= O.Reads, Writes |= O.Writes;
    return *this;
  }
  bool operator==(const Future &) const = default;
};

struct LoopEnd {
  bool ByResult = false; ///< when nothing was received, or never
  /// Also by something that is not followed: what was received, perhaps.
  bool ByData = false;
  /// Also by a mark in what was received, or before anything is received.
  bool Otherwise = false;
};

enum class LoopKind : uint8_t { None, WithExit, Endless };

/// "a::C" of a::C::method.
llvm::StringRef classOf(const ir::Function &F);

/// An atomic operation that leaves its object as it is.
bool isLoad(const ir::Op &Op);

/// An atomic operation that adds to its object, or takes from it.
bool isCount(const ir::Op &Op);

/// Part of E is what extraction does not follow.
bool hasUnknown(const ir::ExprRef &E);

class Network {
public:
  explicit Network(const ir::Unit &U);

  const ir::Unit &unit() const { return U; }
  bool hasMain() const { return HasMain; }
  /// main, tests, functions that make and spawn, functions that close, and
  /// who does so through calls.
  const std::vector<FuncId> &entries() const { return Entries; }

  /// From the operation on.
  const Future &futureFrom(FuncId F, uint32_t Block, uint32_t Op) const {
    return Facts[F.index()].Futures[Block][Op];
  }
  /// From where the call that the operation makes returns or throws.
  Future futureAfter(FuncId F, uint32_t Block, uint32_t Op) const;
  /// F, and what it calls, does nothing that another task could notice but by
  /// looking at what is written.
  bool onlyComputes(FuncId F) const;
  /// Null when everything may be live. Sorted.
  const std::vector<ObjId> *liveAt(FuncId F, uint32_t Block, uint32_t Op) const;
  /// Block, or where it leads to when all that it does is to go there.
  uint32_t skipEmpty(FuncId F, uint32_t Block) const {
    return Facts[F.index()].Skips[Block];
  }
  /// Several ways lead to Block, or it is where the function leaves.
  bool isMeeting(FuncId F, uint32_t Block) const {
    return Facts[F.index()].Meetings[Block];
  }
  LoopKind loopOf(FuncId F, uint32_t Block) const {
    return Facts[F.index()].Loops[Block];
  }
  /// More is done in a turn of the loop whose turns Block counts than to
  /// compute.
  bool isBusyTurn(FuncId F, uint32_t Block) const {
    return Facts[F.index()].BusyTurns[Block];
  }
  /// The way from From to To leaves a loop that starts tasks.
  bool leavesSpawnLoop(FuncId F, uint32_t From, BlockId To) const;
  bool areInOneLoop(FuncId F, uint32_t A, uint32_t B) const {
    const auto &Of = Facts[F.index()].Components;
    return Of[A] == Of[B];
  }
  /// Where Block leads out of a loop that only computes, and counts in atomics;
  /// none when it does not.
  BlockId wayOutOfIdleLoop(FuncId F, uint32_t Block) const;
  /// F can return without coming to Block.
  bool returnsWithout(FuncId F, uint32_t Block) const;
  /// How the loop around Block ends, in view of a receive that gives Result.
  LoopEnd endOf(FuncId F, uint32_t Block, ObjId Result) const;
  /// The variables of other functions that lambda F uses.
  const std::vector<ObjId> &captured(FuncId F) const {
    return Facts[F.index()].Captured;
  }
  /// The variables of the program that F, or what it calls, uses.
  std::vector<ObjId> globalsOf(FuncId F) const;
  /// Which of Methods, overrides of one method, an object has that constructor
  /// Class began; none when that is not known.
  FuncId overrider(FuncId Class, const std::vector<FuncId> &Methods) const;
  /// How often O is set or forgotten anywhere.
  unsigned timesSet(ObjId O) const { return TimesSet[O.index()]; }
  /// A function may have got O itself, to change it.
  bool isHanded(ObjId O) const { return IsHanded[O.index()]; }
  /// O counts the turns of a loop that extraction wrote.
  bool isTurn(ObjId O) const { return IsTurn[O.index()]; }
  /// Some function returns what is kept in O: read after O's life has ended.
  bool isReturned(ObjId O) const { return IsReturned[O.index()]; }
  /// What branches compare O with, constants and other places; constants too
  /// that a member of O's name is compared with in other functions.
  std::vector<ir::ExprRef> comparedWith(ObjId O) const;
  /// The same for the same member name, or for all elements.
  uint32_t partKey(ObjId O) const { return PartKeys[O.index()]; }
  /// Nothing in the unit wakes who waits for the condition, or could be handed
  /// it: it is made and waited on, and that is all.
  bool isNeverSignalled(ObjId Cond) const;
  /// Anything looks at the variable that O is part of.
  bool isUsed(ObjId O) const { return O && IsUsed[U.root(O).index()]; }
  uint64_t valueBit(ObjId O) const;
  /// The partKey of what an optional holds, and of a container's size.
  uint32_t contentKey() const { return ContentKey; }
  uint32_t sizeKey() const { return SizeKey; }

  static constexpr unsigned MaxPoints = 1500;

private:
  struct FunctionFacts {
    std::vector<std::vector<Future>> Futures;          // by block and op
    std::vector<LoopKind> Loops;                       // by block
    std::vector<uint32_t> Skips;                       // by block
    std::vector<bool> Meetings;                        // by block
    std::vector<uint32_t> Components;                  // by block
    std::vector<bool> BusyTurns;                       // by block
    std::vector<std::vector<std::vector<ObjId>>> Live; // by block and op
    std::vector<ObjId> Captured, Globals;
    std::vector<FuncId> Callees;
    bool CapturedKnown = false;
  };
  using Places = std::vector<ObjId>;

  void mention(ObjId O, Places &Out) const;
  void mention(const ir::ExprRef &E, Places &Out) const;
  void mention(const ir::Operand &A, Places &Out);
  void mention(const ir::Callable &C, Places &Out);
  void mention(const ir::Op &Op, Places &Out);
  void mention(const ir::Terminator &T, Places &Out);
  const Places &findCaptured(FuncId F);

  void findUses();
  void findGlobals();
  ObjId killed(const ir::Op &Op) const;
  bool findFutures(FunctionFacts &Of, const ir::Block &B,
                   std::vector<Future> &At) const;
  void findFutures();
  void addCallees(const ir::Callable &C, Future &Out) const;
  void findMeetings(FuncId F);
  void findLoops(FuncId F);
  uint64_t opsOf(const ir::Block &B, bool WithCounts = true) const;
  bool isIdle(const ir::Block &B, bool MayCount = false) const;
  bool isBusyLoop(FuncId F, uint32_t Body, ObjId Turn) const;
  void findBusyLoops(FuncId F);
  void findLiveness(FuncId F);
  Places liveAtEnd(const ir::Block &B,
                   const std::vector<std::vector<std::vector<ObjId>>> &Live);
  void findComparisons(const ir::ExprRef &E);
  void addComparison(const ir::ExprRef &E, const ir::ExprRef &With);
  void findEntries();

  const ir::Unit &U;
  std::vector<FunctionFacts> Facts;
  std::unordered_map<ObjId, std::vector<ir::ExprRef>> Compared;
  /// What loads of atomics give, and the atomics.
  std::unordered_map<ObjId, ObjId> LookedAt;
  std::unordered_map<uint32_t, std::vector<ir::ExprRef>> ComparedPart;
  std::vector<bool> IsReturned, IsTurn;
  std::vector<unsigned> TimesSet;
  std::vector<bool> IsUsed, IsHanded; // by object
  std::vector<uint32_t> PartKeys;
  uint32_t ContentKey = 0, SizeKey = 0;
  Future AnyClosure;
  std::vector<FuncId> AddressTaken;
  std::vector<FuncId> Entries;
  bool HasMain = false, HasPromises = false;
};

} // namespace heddle::explore

#endif // HEDDLE_EXPLORE_NETWORK_H
