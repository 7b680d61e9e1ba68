//===- AddAfterSpawn.cpp - Add where Wait may pass it by ------------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rules/Wording.h"

namespace heddle::rules {

using ir::OpKind;
using summary::Event;
using summary::LiveTask;
using summary::PathGraph;
using summary::PathNode;
using summary::Task;

static const Event *find(const Task &T, OpKind K, ObjId Counter) {
  for (const Event &E : T.Events)
    if (E.Kind == K && E.Obj == Counter && !E.InTask)
      return &E;
  return nullptr;
}

/// Someone other than tasks adds to the counter somewhere, so that what is
/// pending on entry is not known.
static bool isAddedElsewhere(const RuleInput &In, ObjId Counter,
                             const Event &Add) {
  const ir::Unit &U = In.Program.unit();
  for (const auto &G : In.Program.summaries().graphs())
    for (const PathNode &N : G->Nodes)
      for (const Event &E : N.Does)
        if (E.Kind == OpKind::Add && E.Loc != Add.Loc &&
            sameDeclaration(U, E.Obj, Counter))
          return true;
  return false;
}

/// Nothing was pending when L started: whoever waits need not wait for it.
static bool isUncounted(const RuleInput &In, const PathGraph &G,
                        const LiveTask &L, ObjId Counter, const Event &Add) {
  const ir::Unit &U = In.Program.unit();
  for (const summary::Balance &B : L.Before)
    if (B.Counter == Counter) {
      if (B.Delta == summary::Balance::Many || B.Delta > 0)
        return false;
      return isOwnedBy(U, Counter, G.Func) ||
             !isAddedElsewhere(In, Counter, Add);
    }
  return false;
}

/// The task itself adds the count that it takes off again.
static void checkInside(const RuleInput &In, const PathGraph &G,
                        const PathNode &N, std::vector<Finding> &Out) {
  const ir::Unit &U = In.Program.unit();
  for (const Event &Wait : N.Does) {
    if (Wait.Kind != OpKind::Wait || Wait.InTask || U.isSummarised(Wait.Obj) ||
        N.Before->isUnknown(U, Wait.Obj))
      continue;
    for (const LiveTask &L : N.Before->Live) {
      const Task &T = G.Tasks[L.Task];
      const Event *Add = find(T, OpKind::Add, Wait.Obj);
      const Event *Done = find(T, OpKind::Done, Wait.Obj);
      if (!Add || !Done || !isUncounted(In, G, L, Wait.Obj, *Add))
        continue;
      Finding F;
      F.Rule = "heddle-add-after-spawn";
      F.Level = N.Before->IsCertain ? Severity::Error : Severity::Warning;
      F.Loc = Add->Loc;
      std::string Name = quoted(U, Wait.Obj);
      F.Message = Name + " is added to inside the task that it counts; a wait "
                         "that comes first does not wait for the task";
      F.Notes.push_back({T.Loc, taskName(T) + " is started here, uncounted"});
      noteCalls(Add->Via, F.Notes);
      F.Notes.push_back({Wait.Loc, "this wait may run before the task does"});
      Out.push_back(std::move(F));
    }
  }
}

/// On the way to N the task that started was let go on, by way of By, before
/// anything was added.
static bool isToldFirst(const PathGraph &G, const PathNode &N, unsigned Started,
                        ObjId By, ObjId Counter) {
  std::vector<const PathNode *> Way{&N};
  while (Way.back()->Pred != PathNode::NoPred &&
         !llvm::is_contained(Way.back()->Starts, Started))
    Way.push_back(&G.Nodes[Way.back()->Pred]);
  for (const PathNode *At : llvm::reverse(Way))
    for (const Event &E : At->Does) {
      if (E.InTask)
        continue;
      if (E.Kind == OpKind::Add && E.Obj == Counter)
        return false;
      if (summary::isSignal(E.Kind) && E.Obj == By)
        return true;
    }
  return false;
}

/// The task counts down what it is told of: it waits for its starter, who has
/// added by then.
static bool isToldLater(const PathGraph &G, const PathNode &N,
                        const LiveTask &L, ObjId Counter) {
  for (const Event &E : G.Tasks[L.Task].Events)
    if (!E.InTask && E.Obj && E.Obj != Counter && E.Kind != OpKind::Send &&
        summary::isWait(E.Kind) && !isToldFirst(G, N, L.Task, E.Obj, Counter))
      return true;
  return false;
}

/// The starter adds only after the task was started.
static void checkAfter(const RuleInput &In, const PathGraph &G,
                       const PathNode &N, std::vector<Finding> &Out) {
  const ir::Unit &U = In.Program.unit();
  for (const Event &Add : N.Does) {
    if (Add.Kind != OpKind::Add || Add.InTask || U.isSummarised(Add.Obj) ||
        N.Before->isUnknown(U, Add.Obj))
      continue;
    for (const LiveTask &L : N.Before->Live) {
      const Task &T = G.Tasks[L.Task];
      int Takes = T.takes(Add.Obj);
      // A timer that was stopped calls nothing: who stopped it counts for it.
      if (T.How == ir::Mode::Timer || Takes <= 0 ||
          Takes == summary::Balance::Many || T.Counted == Add.Obj ||
          find(T, OpKind::Add, Add.Obj) ||
          !isUncounted(In, G, L, Add.Obj, Add) || isToldLater(G, N, L, Add.Obj))
        continue;
      Finding F;
      F.Rule = "heddle-add-after-spawn";
      F.Level = N.Before->IsCertain ? Severity::Error : Severity::Warning;
      F.Loc = Add.Loc;
      F.Message = quoted(U, Add.Obj) + " is added to after " + taskName(T) +
                  ", which it counts, was started; the task's Done may come "
                  "first and the counter go negative";
      F.Notes.push_back({T.Loc, taskName(T) + " is started here"});
      if (const Event *Done = find(T, OpKind::Done, Add.Obj))
        F.Notes.push_back({Done->Loc, "it calls Done here"});
      Out.push_back(std::move(F));
    }
  }
}

static void run(const RuleInput &In, std::vector<Finding> &Out) {
  for (const auto &G : In.Program.summaries().graphs())
    for (const PathNode &N : G->Nodes)
      if (!N.Before->Live.empty()) {
        checkInside(In, *G, N, Out);
        checkAfter(In, *G, N, Out);
      }
}

extern const Rule AddAfterSpawn;
const Rule AddAfterSpawn = {
    "heddle-add-after-spawn",
    "Add runs inside the task that it counts, or after that task was started",
    "a path on which a task is started while nothing is pending for it on a "
    "wait group, and either the task itself calls Add and Done on it before a "
    "wait that follows the start, or the starter calls Add after the start of "
    "a task that calls Done.",
    "A task starts some time after it was spawned. If the wait comes first it "
    "finds the counter at zero and passes; if the task's Done comes first the "
    "counter goes below zero.",
    R"cpp(#include <heddle/heddle.h>

void Work();

void All() {
  heddle::WaitGroup wg;
  for (int i = 0; i < 3; ++i)
    heddle::go([&wg] {
      wg.Add(1); // want: add-after-spawn "inside the task that it counts"
      HEDDLE_DEFER(wg.Done());
      Work();
    });
  wg.Wait();
}
)cpp",
    R"cpp(#include <heddle/heddle.h>

void Work();

void All() {
  heddle::WaitGroup wg;
  for (int i = 0; i < 3; ++i) {
    wg.Add(1);
    heddle::go([&wg] {
      HEDDLE_DEFER(wg.Done());
      Work();
    });
  }
  wg.Wait();
}
)cpp",
    "Call Add before the task is started, or use WaitGroup::Go.",
    "For a wait group that the function was given, other Adds in the "
    "program are taken to cover the task. A task that first waits to be told, "
    "and is told after the Add, is right.",
    run};

} // namespace heddle::rules
