//===- Search.h - The graph of states of one entry ------------*- C++ -*-===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Role: explores the interleavings from one entry, breadth first, so that the
// first way to a state is a shortest one. A state is kept as a hash and, until
// it is expanded, in full; what reports need stays in its node.
//
// Reduction: what mustInterleave() does not ask for runs at once, as part of
// the transition that enabled it (settle()); this is a persistent set of one.
// A task that goes on for MaxQuiet operations so is paused and interleaved
// like others, so that nobody is put off for ever.
//
// Over budget: a node that is not expanded, or whose state was cut, counts as
// one from which everything can go on (Node::AllMove).
//
//===----------------------------------------------------------------------===//
#ifndef HEDDLE_EXPLORE_SEARCH_H
#define HEDDLE_EXPLORE_SEARCH_H

#include "explore/Frontier.h"
#include "explore/Machine.h"
#include <optional>
#include <unordered_map>

namespace heddle::explore {

struct Edge {
  uint32_t To;
  uint16_t Moved; ///< the tasks of the state before that went on, a bit each
  TaskMap Map;
};

/// A task that cannot go on in some node.
struct Stuck {
  uint8_t Index;
  uint32_t Serial;
  bool IsEntry;
  Machine::Blockage Why;
  uint32_t Object;              ///< serial of the cell; ~0u for none
  std::vector<uint32_t> Others; ///< a select's further channels
};

struct Node {
  static constexpr uint32_t None = ~0u;
  uint32_t Parent = None, Depth = 0;
  uint16_t Tasks = 0;   ///< a bit for each
  uint16_t CanMove = 0; ///< at once
  bool AllMove = false; ///< nothing is concluded from here
  uint16_t Never = 0;   ///< except that these stay where they are, a bit each
  bool EntryReturned = false;
  bool IsUncertain = false; ///< somewhere on the way here
  std::vector<Stuck> StuckTasks;
  std::vector<Edge> Edges;
  std::vector<Event> Events; ///< on the way from Parent
};

/// A failure that was met, at the end of the events of the path to At.
struct Met {
  Failure What;
  uint32_t At;
  std::vector<Event> Events;
  bool IsUncertain;
};

class Search {
public:
  /// MaxStates bounds the nodes.
  Search(const Network &Net, const Limits &Bounds, unsigned MaxStates)
      : Bounds(Bounds), MaxStates(MaxStates), M(Net, this->Bounds) {}

  void run(FuncId Entry);

  const std::vector<Node> &nodes() const { return Nodes; }
  const std::vector<Met> &failures() const { return Failures; }
  bool reachedBound() const { return ReachedBound; }
  uint16_t boundsReached() const { return Reached; } ///< a bit for each
  const Machine &machine() const { return M; }
  /// The events on the way to a node, in order.
  std::vector<Event> pathTo(uint32_t N) const;

private:
  struct Item {
    State S;
    TaskMap Map;
  };

  void settle(Item Start, std::vector<Item> &Out);
  std::optional<unsigned> runQuietly(Item &It, std::vector<Item> &Forks);
  void take(Item It, uint32_t Parent);
  void finish(Node &N, State &S);
  void reach(Bound B) {
    ReachedBound = true;
    Reached |= uint16_t(1u << unsigned(B));
  }

  static constexpr unsigned MaxQuiet = 400;

  Limits Bounds;
  unsigned MaxStates;
  Machine M;
  std::vector<Node> Nodes;
  Frontier Queue;
  std::vector<Met> Failures;
  struct HashOf {
    size_t operator()(const StateHash &H) const { return size_t(H.A ^ H.B); }
  };
  std::unordered_map<StateHash, uint32_t, HashOf> Seen;
  bool ReachedBound = false;
  uint16_t Reached = 0;
};

/// For every node, the tasks (a bit each) that go on in some state that can be
/// reached from it.
std::vector<uint16_t> everMoving(const std::vector<Node> &Nodes);

} // namespace heddle::explore

#endif // HEDDLE_EXPLORE_SEARCH_H
