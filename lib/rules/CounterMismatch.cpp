//===- CounterMismatch.cpp - Adds and Dones that do not balance -----------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rules/Claims.h"
#include <algorithm>

namespace heddle::rules {

extern const Rule AddAfterSpawn;
extern const Rule MissingDone;

using explore::Fault;
using explore::FaultKind;

/// One of the findings of another rule is about the same counter: it stands,
/// or has a note, at a place that the fault's trace passes.
static bool isSaidBy(const std::vector<Finding> &Theirs, const Fault &F) {
  auto IsOnTheWay = [&](SourceSpan Loc) {
    return Loc == F.Loc ||
           std::any_of(F.Trace.begin(), F.Trace.end(),
                       [&](const explore::Step &S) { return S.Loc == Loc; });
  };
  for (const Finding &T : Theirs) {
    if (IsOnTheWay(T.Loc))
      return true;
    for (const Note &N : T.Notes)
      if (IsOnTheWay(N.Loc))
        return true;
  }
  return false;
}

static void run(const RuleInput &In, std::vector<Finding> &Out) {
  const ir::Unit &U = In.Program.unit();
  std::vector<Finding> Late, Forgotten;
  AddAfterSpawn.Run(In, Late);
  MissingDone.Run(In, Forgotten);
  for (const Fault &Fault : In.Exploration.Faults) {
    bool IsNegative = Fault.Kind == FaultKind::NegativeCounter;
    bool IsReused = Fault.Kind == FaultKind::ReusedCounter;
    if (!IsNegative && !IsReused && !isShortCount(Fault))
      continue;
    if (isSaidBy(IsNegative || IsReused ? Late : Forgotten, Fault))
      continue;
    Finding F;
    F.Rule = "heddle-counter-mismatch";
    F.Level = Fault.IsCertain ? Severity::Error : Severity::Warning;
    F.Loc = Fault.Loc;
    std::string Name = quoted(U, Fault.Object);
    F.Message =
        IsNegative ? Name + " is counted down once more than it was added "
                            "to; this panics"
        : IsReused ? Name + " is added to again while a wait for it has yet "
                            "to return; that wait panics"
                   : "this wait for " + Name +
                         " never ends: it is counted down less often than it "
                         "was added to";
    noteTrace(Fault, F);
    Out.push_back(std::move(F));
  }
}

extern const Rule CounterMismatch;
const Rule CounterMismatch = {
    "heddle-counter-mismatch",
    "Adds and Dones do not balance",
    "an interleaving of the tasks that main, a test, or a function that makes "
    "its own wait group starts, in which the counter goes below zero; or in "
    "which a wait for it never ends because more was added than the tasks "
    "count down, with no task left that could; or in which it is added to "
    "again before every wait that its last zero ended has returned. A task "
    "that forgets its Done on "
    "one of its paths is missing-done's, an Add that comes too late "
    "add-after-spawn's.",
    "Below zero the wait group panics, in whichever task happens to come last; "
    "above it, the wait never returns. A wait that finds it in use again "
    "panics too.",
    R"cpp(#include <heddle/heddle.h>

void Fetch(int page);

int main() {
  heddle::WaitGroup wg;
  wg.Add(3);
  for (int page = 1; page < 3; ++page)
    heddle::go([&wg, page] {
      HEDDLE_DEFER(wg.Done());
      Fetch(page);
    });
  wg.Wait(); // want: counter-mismatch "counted down less often"
}
)cpp",
    R"cpp(#include <heddle/heddle.h>

void Fetch(int page);

int main() {
  heddle::WaitGroup wg;
  for (int page = 1; page < 3; ++page) {
    wg.Add(1);
    heddle::go([&wg, page] {
      HEDDLE_DEFER(wg.Done());
      Fetch(page);
    });
  }
  wg.Wait();
}
)cpp",
    "Add one right before each task is started, or use WaitGroup::Go, which "
    "does both and the Done. A group that several tasks wait for is for one "
    "round; make one for each.",
    "More than twelve tasks at once (the one that starts them counts), wait "
    "groups in a container of which it is not known which element is meant, "
    "and wait groups that code outside the program can reach are not judged.",
    run};

} // namespace heddle::rules
