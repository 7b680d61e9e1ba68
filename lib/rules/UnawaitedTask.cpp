//===- UnawaitedTask.cpp - The program may end before the task ------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rules/Claims.h"
#include "llvm/ADT/STLExtras.h"

namespace heddle::rules {

using ir::OpKind;
using summary::Event;
using summary::LiveTask;
using summary::PathGraph;
using summary::PathNode;
using summary::Task;

/// A counted task is missing-wait's.
static bool isCounted(const Task &T, const LiveTask &L) {
  for (const summary::Balance &B : L.Before)
    if (T.takes(B.Counter) != 0)
      return true;
  return false;
}

/// What T sends goes to a task that is done by N: it has sent all that was
/// asked for.
static bool hasFed(const PathGraph &G, const PathNode &N, const Task &T) {
  auto IsLive = [&](unsigned Index) {
    return llvm::any_of(N.Before->Live,
                        [&](const LiveTask &L) { return L.Task == Index; });
  };
  auto Takes = [&](const Task &By, ObjId From) {
    return llvm::any_of(By.Events, [&](const Event &E) {
      return E.Kind == OpKind::Recv && E.Obj == From && !E.InTask;
    });
  };
  for (const Event &E : T.Events)
    if (E.Obj && (E.Kind == OpKind::Send || E.Kind == OpKind::Close))
      for (unsigned I = 0; I < G.Tasks.size(); ++I)
        if (Takes(G.Tasks[I], E.Obj) && !IsLive(I))
          return true;
  return false;
}

static void run(const RuleInput &In, std::vector<Finding> &Out) {
  const ir::Unit &U = In.Program.unit();
  for (const auto &G : In.Program.summaries().graphs()) {
    if (!U.function(G->Func).IsMain)
      continue;
    for (const PathNode &N : G->Nodes) {
      if (!N.IsExit || N.Exit != summary::ExitKind::Return)
        continue;
      for (const LiveTask &L : N.Before->Live) {
        const Task &T = G->Tasks[L.Task];
        bool Counts = T.How == ir::Mode::Plain ||
                      (T.How == ir::Mode::Thread && L.IsDetached);
        if (!Counts || !hasWorkToDo(T) || isCounted(T, L) || hasFed(*G, N, T))
          continue;
        Finding F;
        F.Rule = "heddle-unawaited-task";
        F.Level = N.Before->IsCertain ? Severity::Error : Severity::Warning;
        F.Loc = T.Loc;
        F.Message = "nothing waits for " + taskName(T) +
                    "; the program may end before it has done its work";
        noteStarters(T, F.Notes);
        F.Notes.push_back({G->locationOf(U, N), "the program ends here"});
        Out.push_back(std::move(F));
      }
    }
  }
}

extern const Rule UnawaitedTask;
const Rule UnawaitedTask = {
    "heddle-unawaited-task",
    "nothing waits for a task that the program needs",
    "a task with an end of its own, started in main, in what main calls, or by "
    "a task of theirs, and a path to the end of main on which nothing could "
    "tell that the task is done: no wait group, receive, join or condition. "
    "Tasks that wait to be told what to do, tasks that never end, timers and "
    "tasks of which the program shows no body are not reported. A sleep is no "
    "wait.",
    "When main returns the program ends, and every task with it. What the task "
    "had to do may be done, half done or not begun.",
    R"cpp(#include <heddle/heddle.h>
#include <cstdio>

int main() {
  heddle::go([] { std::puts("saved"); }); // want: unawaited-task "nothing waits"
  std::puts("bye");
}
)cpp",
    R"cpp(#include <heddle/heddle.h>
#include <cstdio>

int main() {
  heddle::WaitGroup wg;
  wg.Go([] { std::puts("saved"); });
  std::puts("bye");
  wg.Wait();
}
)cpp",
    "Wait for the task: a wait group, a channel that it closes, a join.",
    "Without main, in a library or in clang-tidy on another file than main's, "
    "nothing is judged.",
    run};

} // namespace heddle::rules
