//===- MissingDone.cpp - A counted task that ends without Done ------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rules/LastDone.h"
#include "rules/Wording.h"
#include <algorithm>

namespace heddle::rules {

using ir::OpKind;
using summary::Balance;
using summary::Event;
using summary::PathGraph;
using summary::PathNode;
using summary::Task;
using summary::TaskExit;

static int takenBy(const TaskExit &X, ObjId Counter) {
  for (const Balance &B : X.Balances)
    if (B.Counter == Counter)
      return B.Delta == Balance::Many ? Balance::Many : -B.Delta;
  return 0;
}

/// The task and its callees have one Done in all, so that no path can be left
/// with two when that one moves.
static bool takenOnce(const Task &T, ObjId Counter) {
  return T.Counted != Counter &&
         std::count_if(T.Events.begin(), T.Events.end(), [&](const Event &E) {
           return E.Kind == OpKind::Done && E.Obj == Counter;
         }) == 1;
}

/// One way out of the task has the Done, another one has not.
static void checkExits(const RuleInput &In, const PathGraph &G,
                       const PathNode &N, std::vector<Finding> &Out) {
  const ir::Unit &U = In.Program.unit();
  const Task &T = G.Tasks[N.Spawned];
  std::vector<ObjId> Seen;
  for (const Event &Done : T.Events) {
    if (Done.Kind != OpKind::Done || U.isSummarised(Done.Obj) ||
        std::find(Seen.begin(), Seen.end(), Done.Obj) != Seen.end())
      continue;
    Seen.push_back(Done.Obj);
    // What it adds for those that it starts is in the same balance.
    if (std::any_of(T.Events.begin(), T.Events.end(), [&](const Event &E) {
          return E.Kind == OpKind::Add && E.Obj == Done.Obj;
        }))
      continue;
    // Exactly one Done on some way: a task that counts itself, not one that
    // counts the messages it handles.
    bool IsOne = !T.Exits.empty();
    bool Any = false;
    for (const TaskExit &X : T.Exits) {
      int Taken = takenBy(X, Done.Obj);
      IsOne &= Taken == 0 || Taken == 1;
      Any |= Taken == 1;
    }
    if (!IsOne || !Any)
      continue;
    for (const TaskExit &X : T.Exits) {
      if (takenBy(X, Done.Obj) == 1)
        continue;
      Finding F;
      F.Rule = "heddle-missing-done";
      F.Level = X.IsCertain && N.Before->IsCertain ? Severity::Error
                                                   : Severity::Warning;
      F.Loc = X.Loc;
      std::string Name = quoted(U, Done.Obj);
      F.Message = X.Kind == summary::ExitKind::Throw
                      ? taskName(T) +
                            " can be left by this exception without calling "
                            "Done on " +
                            Name + "; the wait never ends"
                      : taskName(T) + " returns here without calling Done on " +
                            Name + "; the wait never ends";
      if (const summary::CounterState *C = N.Before->findCounter(Done.Obj);
          C && C->Added.isValid())
        F.Notes.push_back({C->Added, Name + " counts the task here"});
      F.Notes.push_back({T.Loc, taskName(T) + " is started here"});
      F.Notes.push_back({Done.Loc, "Done is called here on other paths"});
      if (Done.Via.empty() && takenOnce(T, Done.Obj))
        F.Repair = deferralOf(U, Done.Loc);
      Out.push_back(std::move(F));
    }
  }
}

/// At a wait: counted tasks were started, and not one of them calls Done.
static void checkNobody(const RuleInput &In, const PathGraph &G,
                        const PathNode &N, std::vector<Finding> &Out) {
  const ir::Unit &U = In.Program.unit();
  for (const Event &Wait : N.Does) {
    if (Wait.Kind != OpKind::Wait || Wait.How == ir::Mode::Timed ||
        Wait.InTask || !Wait.Via.empty() || !isOwnedBy(U, Wait.Obj, G.Func) ||
        N.Before->isUnknown(U, Wait.Obj))
      continue;
    const summary::CounterState *C = N.Before->findCounter(Wait.Obj);
    if (!C || C->Pending == Balance::Many || C->Pending <= 0 ||
        !C->Added.isValid())
      continue;
    // Nobody in sight at all: neither a task of this path nor any other code.
    bool Someone = false;
    for (const auto &Other : In.Program.summaries().graphs())
      for (const PathNode &X : Other->Nodes) {
        for (const Event &E : X.Does)
          Someone |= E.Kind == OpKind::Done && E.Obj == Wait.Obj;
        if (X.Spawned >= 0)
          Someone |= Other->Tasks[X.Spawned].takes(Wait.Obj) != 0;
      }
    if (Someone)
      continue;
    std::string Name = quoted(U, Wait.Obj);
    Finding F;
    F.Rule = "heddle-missing-done";
    F.Level = N.Before->IsCertain ? Severity::Error : Severity::Warning;
    F.Loc = Wait.Loc;
    F.Message = "this wait for " + Name + " never ends: nothing calls Done";
    F.Notes.push_back({C->Added, Name + " is added to here"});
    for (const summary::LiveTask &L : N.Before->Live)
      F.Notes.push_back(
          {G.Tasks[L.Task].Loc, taskName(G.Tasks[L.Task]) +
                                    " is started here and never calls Done"});
    Out.push_back(std::move(F));
  }
}

static void run(const RuleInput &In, std::vector<Finding> &Out) {
  for (const auto &G : In.Program.summaries().graphs())
    for (const PathNode &N : G->Nodes) {
      if (N.Spawned >= 0)
        checkExits(In, *G, N, Out);
      checkNobody(In, *G, N, Out);
    }
}

extern const Rule MissingDone;
const Rule MissingDone = {
    "heddle-missing-done",
    "a counted task can end without Done",
    "a task that calls Done on a wait group on one of its ways out and not on "
    "another one (an early return, an exception that the program shows), "
    "counting what the tasks it starts do for it; or a wait for a local wait "
    "group that was added to and on which nothing calls Done.",
    "The counter never reaches zero, and the wait never returns.",
    R"cpp(#include <heddle/heddle.h>

void Handle(int page);

void All(int page) {
  heddle::WaitGroup wg;
  wg.Add(1);
  heddle::go([&] {
    if (page == 0)
      return; // want: missing-done "without calling Done on 'wg'"
    Handle(page);
    wg.Done();
  });
  wg.Wait();
}
)cpp",
    R"cpp(#include <heddle/heddle.h>

void Handle(int page);

void All(int page) {
  heddle::WaitGroup wg;
  wg.Add(1);
  heddle::go([&] {
    HEDDLE_DEFER(wg.Done());
    if (page == 0)
      return;
    Handle(page);
  });
  wg.Wait();
}
)cpp",
    "Defer the Done as the task's first statement, or use WaitGroup::Go.",
    "Tasks that call Done more than once, or in a loop, are taken to count "
    "something else than themselves.",
    run};

} // namespace heddle::rules
