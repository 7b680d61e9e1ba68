//===- MissingWait.cpp - A counter that is not waited for -----------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rules/LifeEnd.h"
#include "rules/Wording.h"

namespace heddle::rules {

using summary::LiveTask;
using summary::PathGraph;
using summary::PathNode;
using summary::Task;

static void report(const RuleInput &In, const PathNode &N, const Task &T,
                   ObjId Counter, SourceSpan End, std::vector<Finding> &Out) {
  const ir::Unit &U = In.Program.unit();
  ir::ObjectKind Kind = U.object(U.root(Counter)).Kind;
  bool IsScope =
      Kind != ir::ObjectKind::Global && Kind != ir::ObjectKind::Static;
  std::string Name = quoted(U, Counter);
  Finding F;
  F.Rule = "heddle-missing-wait";
  F.Level = N.Before->IsCertain ? Severity::Error : Severity::Warning;
  const summary::CounterState *C = N.Before->findCounter(Counter);
  F.Loc = C && C->Added.isValid() ? C->Added : T.Loc;
  F.Message = Name + " counts " + taskName(T) +
              " but is not waited for before " +
              (IsScope ? "it goes out of scope" : "the program ends") +
              "; the task may then be cut off";
  F.Notes.push_back({T.Loc, taskName(T) + " is started here"});
  F.Notes.push_back({End, IsScope
                              ? Name + " goes out of scope here without a wait"
                              : "the program ends here"});
  Out.push_back(std::move(F));
}

/// Counter is in Object itself, by no pointer or handle.
static bool isPartOf(const ir::Unit &U, ObjId Counter, ObjId Object) {
  for (ObjId At = Counter; At && At != Object; At = U.object(At).Base)
    if (U.object(At).IsAlias)
      return false;
  return Counter != Object && U.root(Counter) == Object &&
         !U.isSummarised(Counter);
}

/// A local object whose destructor, in the step before N, has ended one of its
/// members that counts tasks, and has not waited for them.
static void judgeMembers(const RuleInput &In, const PathGraph &G,
                         const PathNode &N, std::vector<Finding> &Out) {
  const ir::Unit &U = In.Program.unit();
  if (N.Before->Live.empty())
    return;
  ObjId Gone = endedBefore(U, G, N);
  if (!Gone || U.object(Gone).IsAlias)
    return;
  for (const LiveTask &L : N.Before->Live)
    for (const summary::Balance &B : L.Before)
      if (!L.IsStored && G.Tasks[L.Task].takes(B.Counter) != 0 &&
          isPartOf(U, B.Counter, Gone) && isOwnedBy(U, B.Counter, G.Func) &&
          !N.Before->isUnknown(U, B.Counter))
        report(In, N, G.Tasks[L.Task], B.Counter, endOf(U, G, N), Out);
}

static void run(const RuleInput &In, std::vector<Finding> &Out) {
  const ir::Unit &U = In.Program.unit();
  for (const auto &G : In.Program.summaries().graphs()) {
    // A counter without a destructor ends with its function.
    std::vector<ObjId> HaveEnd;
    for (const PathNode &N : G->Nodes)
      for (const summary::Event &E : N.Does)
        if (E.Kind == ir::OpKind::End && E.How != ir::Mode::Pointer)
          HaveEnd.push_back(E.Obj);
    for (const PathNode &N : G->Nodes) {
      judgeMembers(In, *G, N, Out);
      // The end of a local counter, or the end of main for the others.
      std::vector<ObjId> Ending;
      for (const summary::Event &E : N.Does)
        if (E.Kind == ir::OpKind::End && E.How != ir::Mode::Pointer &&
            E.Via.empty() && U.object(E.Obj).Type == ir::TypeClass::Counter)
          Ending.push_back(E.Obj);
      if (Ending.empty() && !N.IsExit)
        continue;
      for (const LiveTask &L : N.Before->Live) {
        const Task &T = G->Tasks[L.Task];
        for (const summary::Balance &B : L.Before) {
          if (L.IsStored || T.takes(B.Counter) == 0 ||
              !isOwnedBy(U, B.Counter, G->Func) ||
              N.Before->isUnknown(U, B.Counter))
            continue;
          auto IsAmong = [&](const std::vector<ObjId> &Set) {
            return std::find(Set.begin(), Set.end(), B.Counter) != Set.end();
          };
          // What a pointer made here refers to may live on with the caller.
          bool DiesHere =
              U.object(U.root(B.Counter)).Kind != ir::ObjectKind::Temp;
          if (IsAmong(Ending) || (N.IsExit && DiesHere && !IsAmong(HaveEnd)))
            report(In, N, T, B.Counter, G->locationOf(U, N), Out);
        }
      }
    }
  }
}

extern const Rule MissingWait;
const Rule MissingWait = {
    "heddle-missing-wait",
    "a counter that tasks count on is not waited for",
    "a path on which a task that counts down a wait group (or latch) was "
    "started, and the wait group goes out of scope, or the program ends, "
    "without a wait for it and without any other operation by which the path "
    "could know that the task is done (a receive from it, a join, a condition "
    "that it signals).",
    "The task may not have run yet: its work is lost, and when it runs later "
    "it counts down a wait group that no longer exists.",
    R"cpp(#include <heddle/heddle.h>

void Work();

int main() {
  heddle::WaitGroup wg;
  wg.Add(1); // want: missing-wait "'wg' counts the task"
  heddle::go([&] {
    HEDDLE_DEFER(wg.Done());
    Work();
  });
}
)cpp",
    R"cpp(#include <heddle/heddle.h>

void Work();

int main() {
  heddle::WaitGroup wg;
  wg.Add(1);
  heddle::go([&] {
    HEDDLE_DEFER(wg.Done());
    Work();
  });
  wg.Wait();
}
)cpp",
    "Call Wait on every path, for example by HEDDLE_DEFER(wg.Wait()) right "
    "after the wait group is made.",
    "A wait group that belongs to a class is checked where an object of the "
    "class is made and used in one function.",
    run};

} // namespace heddle::rules
