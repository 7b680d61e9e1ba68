//===- SleepAsSync.cpp - A sleep where a wait belongs ---------------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ir/Flow.h"
#include "rules/Claims.h"
#include <algorithm>

namespace heddle::rules {

using ir::OpKind;
using summary::Event;
using summary::LiveTask;
using summary::PathGraph;
using summary::PathNode;
using summary::Task;

namespace {
class Checker {
public:
  Checker(const RuleInput &In, const PathGraph &G, std::vector<Finding> &Out)
      : U(In.Program.unit()), G(G), Out(Out) {}

  void run() {
    const bool IsMain = U.function(G.Func).IsMain;
    for (const PathNode &N : G.Nodes) {
      if (IsMain && N.IsExit && N.Exit == summary::ExitKind::Return)
        for (const LiveTask &L : N.Before->Live)
          if (isJudged(L) && hasWorkToDo(G.Tasks[L.Task]))
            check(N, L, G.locationOf(U, N), "the program ends here");
      for (const Event &E : N.Does)
        if (E.Kind == OpKind::Read && E.How != ir::Mode::Pointer && !E.InTask &&
            E.Held.empty())
          checkRead(N, E);
    }
  }

private:
  bool isJudged(const LiveTask &L) const {
    const Task &T = G.Tasks[L.Task];
    return !T.IsOpen && !T.IsBlurred &&
           (T.How == ir::Mode::Plain ||
            (T.How == ir::Mode::Thread && L.IsDetached));
  }

  void checkRead(const PathNode &N, const Event &Read) {
    for (const LiveTask &L : N.Before->Live) {
      const std::vector<Event> &Theirs = G.Tasks[L.Task].Events;
      bool IsWritten =
          std::any_of(Theirs.begin(), Theirs.end(), [&](const Event &E) {
            return E.Kind == OpKind::Write && !E.OnCopy && E.Held.empty() &&
                   overlap(U, E.Obj, Read.Obj);
          });
      if (IsWritten && isJudged(L))
        check(N, L, Read.Loc, "what the task writes is read here");
    }
  }

  /// Reports the sleep on the way to N, if there is one, that the path can only
  /// have meant to give L's task its time.
  void check(const PathNode &N, const LiveTask &L, SourceSpan Where,
             const char *What) {
    for (unsigned At = N.Pred; At != PathNode::NoPred; At = G.Nodes[At].Pred) {
      const PathNode &S = G.Nodes[At];
      bool IsLive =
          std::any_of(S.Before->Live.begin(), S.Before->Live.end(),
                      [&](const LiveTask &X) { return X.Task == L.Task; });
      if (!IsLive)
        return;
      const ir::Block &B = U.function(G.Func).Blocks[S.Block.index()];
      // A sleep that comes again is a poll, a pace or a retry.
      if (S.OpIndex == B.Ops.size() || B.Ops[S.OpIndex].Kind != OpKind::Sleep ||
          ir::isInLoop(U.function(G.Func).Blocks, S.Block))
        continue;
      const Task &T = G.Tasks[L.Task];
      Finding F;
      F.Rule = "heddle-sleep-as-sync";
      F.Level = N.Before->IsCertain ? Severity::Error : Severity::Warning;
      F.Loc = B.Ops[S.OpIndex].Loc;
      F.Message = "a sleep stands where a wait for " + taskName(T) +
                  " belongs; nothing says that the task is done by then";
      F.Notes.push_back({T.Loc, taskName(T) + " is started here"});
      F.Notes.push_back({Where, What});
      Out.push_back(std::move(F));
      return;
    }
  }

  const ir::Unit &U;
  const PathGraph &G;
  std::vector<Finding> &Out;
};
} // namespace

static void run(const RuleInput &In, std::vector<Finding> &Out) {
  for (const auto &G : In.Program.summaries().graphs())
    Checker(In, *G, Out).run();
}

extern const Rule SleepAsSync;
const Rule SleepAsSync = {
    "heddle-sleep-as-sync",
    "a sleep stands where a wait belongs",
    "a path on which a task is started, its starter then sleeps, outside any "
    "loop, and goes on to the end of main, or to read without a lock what the "
    "task writes, with no wait, receive, join or other sign that the task is "
    "done. Sleeps in loops, which poll, pace or retry, are not reported.",
    "How long the task takes is not the sleeper's to say: under load the sleep "
    "is too short, and at all other times it is too long.",
    R"cpp(#include <heddle/heddle.h>
#include <chrono>

class Meter {
public:
  int Read() {
    heddle::go([this] { value = 3; });
    heddle::Sleep(std::chrono::milliseconds(50)); // want: sleep-as-sync "where a wait"
    return value;
  }

private:
  int value = 0;
};
)cpp",
    R"cpp(#include <heddle/heddle.h>

class Meter {
public:
  int Read() {
    heddle::WaitGroup wg;
    wg.Go([this] { value = 3; });
    wg.Wait();
    return value;
  }

private:
  int value = 0;
};
)cpp",
    "Wait for the task: a wait group, a channel that it closes, a join.",
    "Reads of the starter's own locals are not seen; what a task does to those "
    "after their death is dangling-capture's.",
    run};

} // namespace heddle::rules
