//===- Summary.h - The summaries of a unit --------------------*- C++ -*-===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Role: walks every function, callees before callers, and keeps the graphs
// and the summaries folded from them. A function that calls or starts one of
// its own parameters is walked once more for every callable that it is given.
// In: a verified unit, which gains places (parts of renamed objects).
// Over budget: recursion sees its callee as unknown the first time round.
//
//===----------------------------------------------------------------------===//
#ifndef HEDDLE_SUMMARY_SUMMARY_H
#define HEDDLE_SUMMARY_SUMMARY_H

#include "summary/PathGraph.h"
#include "summary/Referents.h"
#include <map>
#include <set>

namespace heddle::summary {

/// Parameters and the callables that they are bound to.
using CallableBindings = std::vector<std::pair<ObjId, ir::Operand>>;

struct CallGroup;

class Summaries {
public:
  /// Requires: U outlives this.
  explicit Summaries(ir::Unit &U);

  /// Every walked graph, specialised ones included.
  const std::vector<std::unique_ptr<PathGraph>> &graphs() const {
    return Graphs;
  }
  /// Never null; IsKnown is false when there is no body.
  const Summary &of(FuncId F) const;
  /// F called with these callables; walks F when it was not yet.
  const Summary &of(FuncId F, const CallableBindings &With);

  ir::Unit &unit() { return U; }
  const ir::Unit &unit() const { return U; }
  /// Whether a value may change between two looks of function F: a task may
  /// set it.
  bool isUnstable(ObjId O, FuncId F) const;
  /// The lock that condition Cond was made with, a member of the same object or
  /// a variable; none when that is not known.
  ObjId lockOfCond(ObjId Cond);
  /// The parameters of F that it, or what it passes them to, calls or starts.
  const std::vector<ObjId> &callableParams(FuncId F) const {
    return CallableParams[F.index()];
  }

  /// The variables of enclosing functions that lambda F calls: what they hold
  /// its caller knows.
  const std::vector<ObjId> &calledCaptures(FuncId F) const {
    return CalledCaptures[F.index()];
  }

  /// What members hold and references stand for, whatever the path.
  const Referents &referents() const { return Refs; }

  struct Stats {
    unsigned Functions = 0, Incomplete = 0, Specialised = 0;
    uint64_t Nodes = 0, Work = 0;
    BoundsReached Reached;
    /// Calls that may do anything; the locks, channels and so on that they, or
    /// an `escape`, got hold of.
    std::set<SourceSpan> UnknownCallees;
    std::set<ObjId> Escaped;
  };
  Stats Counts;

private:
  void walkGroup(const CallGroup &Group);
  void findUnstable();
  void findLocksOfConds();
  void findCaptured();
  bool isPrivate(ObjId O, FuncId F) const;
  void findCallableParams();
  Summary walk(FuncId F, const CallableBindings &With);

  ir::Unit &U;
  Referents Refs;
  std::vector<std::unique_ptr<PathGraph>> Graphs;
  std::vector<Summary> ByFunction;
  std::vector<std::vector<ObjId>> CallableParams, CalledCaptures;
  using SpecialisedMap =
      std::map<std::pair<FuncId, std::vector<std::pair<ObjId, FuncId>>>,
               std::unique_ptr<Summary>>;
  SpecialisedMap Specialised;
  std::vector<SpecialisedMap::iterator> Walks; ///< as they were begun
  /// Conditions and their locks, as their constructors name them; members by
  /// where they are declared.
  std::map<ObjId, ObjId> LockOfCond;
  std::map<SourceSpan, std::pair<ObjId, ObjId>> LockOfMember;
  std::set<ObjId> Unstable;
  /// Locals that a lambda uses.
  std::set<ObjId> Captured;
  /// By declaration: whose object it is does not matter.
  std::set<SourceSpan> UnstableMembers;
  unsigned Depth = 0;
};

} // namespace heddle::summary

#endif // HEDDLE_SUMMARY_SUMMARY_H
