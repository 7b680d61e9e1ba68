//===- PathGraph.h - Every path through a function ------------*- C++ -*-===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Role: the product of walking a function: a graph of (operation, state
// before it). Rules read it and never walk themselves; summaries are folded
// from it. Each node knows one way that leads to it, a shortest one.
// Bounds: Walker.h. A graph that hit one has IsComplete false; each path in it
// is still a path of the function.
//
//===----------------------------------------------------------------------===//
#ifndef HEDDLE_SUMMARY_PATHGRAPH_H
#define HEDDLE_SUMMARY_PATHGRAPH_H

#include "summary/PathState.h"
#include <memory>

namespace heddle::summary {

/// What happens at a node. Nodes of one operation that meet the same share one
/// list: most states of a path differ in what a callee has no part in.
class EventList {
public:
  const Event *begin() const { return List ? List->data() : nullptr; }
  const Event *end() const { return begin() + size(); }
  size_t size() const { return List ? List->size() : 0; }
  bool empty() const { return size() == 0; }
  void push_back(Event E);
  /// Shares Other's when nothing has happened yet.
  void append(const EventList &Other);
  /// Those of all who share it; null when there are none.
  std::vector<Event> *shared() const { return List.get(); }

private:
  std::shared_ptr<std::vector<Event>> List;
};

struct PathNode {
  static constexpr unsigned NoPred = ~0u;

  BlockId Block;
  unsigned OpIndex = 0; ///< Ops.size(): the terminator
  unsigned Pred = NoPred;
  std::shared_ptr<const PathState> Before;
  /// What happens here, objects resolved: the operation itself, or for a call
  /// all that the callee may do.
  EventList Does;
  /// Spawn: the task that starts here, in PathGraph::Tasks.
  int Spawned = -1;
  /// Those that a callee started and did not wait for, and Spawned.
  std::vector<unsigned> Starts;
  /// The function is left here, in this way.
  bool IsExit = false;
  ExitKind Exit = ExitKind::Return;
  /// Exit: contexts that nobody will cancel, and those left to the caller.
  std::vector<OwedCancel> Lost, Owed;
};

/// What Node does to an object that its function has not locked or unlocked
/// before on the way there: it meets what the function's caller did.
bool isExposedAt(const PathNode &Node, const Event &E);

/// How many functions' walks reached which bound (docs/limits.md).
struct BoundsReached {
  unsigned Nodes = 0, States = 0, Work = 0; ///< Walker.h
  unsigned Outcomes = 0, Events = 0;        ///< Fold.h
  unsigned Depth = 0, Walks = 0;            ///< specialisation
  void add(const BoundsReached &O);
};

struct PathGraph {
  FuncId Func;
  std::vector<PathNode> Nodes; ///< in order of discovery, breadth first
  std::vector<Task> Tasks;
  bool IsComplete = true;
  BoundsReached Reached;
  /// By block, operation and task: 0, 1 or 2 (many) of it may run just before
  /// that operation (Timeline.h). Empty when there are no tasks.
  std::vector<std::vector<std::vector<uint8_t>>> Running;

  /// How many of Task may run when Node is reached: 0, 1 or 2 (many).
  unsigned running(const PathNode &Node, unsigned Task) const {
    if (Running.empty())
      return 0;
    const auto &At = Running[Node.Block.index()][Node.OpIndex];
    return Task < At.size() ? At[Task] : 0;
  }

  /// The place in the source that Node is about.
  SourceSpan locationOf(const ir::Unit &U, const PathNode &Node) const;
};

} // namespace heddle::summary

#endif // HEDDLE_SUMMARY_PATHGRAPH_H
