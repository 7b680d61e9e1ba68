//===- Explorer.cpp - Interleavings of a task network ---------------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "explore/Explorer.h"
#include "explore/Verdict.h"
#include <algorithm>

using namespace heddle;
using namespace heddle::explore;

/// Functions that only this unit can call, or any function of a whole program,
/// need no exploration of their own once their callers were followed to the
/// end: that one knows what they are called with.
static bool isOnlyCalledFromHere(const Network &Net, FuncId F) {
  const ir::Function &Fn = Net.unit().function(F);
  return !Fn.IsMain && !Fn.IsTest &&
         (Fn.IsLambda || Fn.IsInternal || Net.hasMain());
}

const char *explore::nameOf(Bound B) {
  static constexpr const char *Names[] = {"tasks", "states", "steps",
                                          "depth", "calls",  "counts",
                                          "order", "choices"};
  static_assert(std::size(Names) == BoundKinds);
  return Names[unsigned(B)];
}

void Stats::add(const Stats &O) {
  Entries += O.Entries;
  BoundsReached += O.BoundsReached;
  States += O.States;
  for (unsigned B = 0; B < BoundKinds; ++B)
    Reached[B] += O.Reached[B];
}

/// Adds one entry's exploration, or, without states, that there was none.
static void count(Exploration &Out, const EntryStats &E, bool ReachedBound) {
  Out.Entries.push_back(E);
  Out.Counts.Entries += E.States != 0;
  Out.Counts.States += E.States;
  Out.Counts.BoundsReached += ReachedBound;
  for (unsigned B = 0; B < BoundKinds; ++B)
    Out.Counts.Reached[B] += E.Reached >> B & 1;
}

Exploration explore::explore(const ir::Unit &Unit, const Limits &Bounds) {
  Exploration Out;
  Network Net(Unit);
  uint64_t Steps = 0;
  // A program has as much as its units have one by one.
  const uint64_t UnitStates = Bounds.UnitStates * uint64_t(Unit.Linked);
  const uint64_t UnitSteps = Bounds.UnitSteps * Unit.Linked;
  std::vector<bool> Followed(Unit.Functions.size());
  for (FuncId Entry : Net.entries()) {
    if (Out.Counts.States >= UnitStates || Steps >= UnitSteps) {
      Bound B = Out.Counts.States >= UnitStates ? Bound::States : Bound::Steps;
      count(Out, {Entry, 0, uint16_t(1u << unsigned(B))}, true);
      continue;
    }
    if (Followed[Entry.index()] && isOnlyCalledFromHere(Net, Entry))
      continue;
    uint64_t Left = UnitStates - Out.Counts.States;
    Limits Here = Bounds;
    Here.Steps = std::min(Bounds.Steps, UnitSteps - Steps);
    Search S(Net, Here, unsigned(std::min<uint64_t>(Bounds.States, Left)));
    S.run(Entry);
    Steps += S.machine().steps();
    count(Out, {Entry, unsigned(S.nodes().size()), S.boundsReached()},
          S.reachedBound());
    conclude(Unit, Entry, S, Out.Faults);
    if (S.reachedBound())
      continue;
    const std::vector<bool> &Entered = S.machine().entered();
    for (size_t I = 0; I < Entered.size(); ++I)
      if (Entered[I] && FuncId(uint32_t(I)) != Entry)
        Followed[I] = true;
  }
  return Out;
}
