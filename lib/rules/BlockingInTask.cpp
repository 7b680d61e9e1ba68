//===- BlockingInTask.cpp - A goroutine that blocks its thread ------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rules/Wording.h"

namespace heddle::rules {

using ir::OpKind;
using summary::Event;
using summary::PathNode;
using summary::Task;

static void run(const RuleInput &In, std::vector<Finding> &Out) {
  const ir::Unit &U = In.Program.unit();
  for (const auto &G : In.Program.summaries().graphs())
    for (const PathNode &N : G->Nodes) {
      if (N.Spawned < 0 || G->Tasks[N.Spawned].How != ir::Mode::Plain)
        continue;
      const Task &T = G->Tasks[N.Spawned];
      for (const Event &E : T.Events) {
        // Goroutines have no handles: what is joined is a thread or a future.
        if (E.Kind != OpKind::Join || E.InTask)
          continue;
        Finding F;
        F.Rule = "heddle-blocking-in-task";
        F.Level = Severity::Warning;
        F.Loc = E.Loc;
        F.Message = taskName(T) + " blocks its thread here, waiting for " +
                    quoted(U, E.Obj) +
                    "; no other goroutine of that thread can run meanwhile";
        F.Notes.push_back({T.Loc, taskName(T) + " is started here"});
        noteCalls(E.Via, F.Notes);
        Out.push_back(std::move(F));
      }
    }
}

extern const Rule BlockingInTask;
const Rule BlockingInTask = {
    "heddle-blocking-in-task",
    "a call that blocks the OS thread inside a goroutine",
    "a goroutine that, itself or through what it calls, joins a thread or waits "
    "for a future, by name or by a destructor that joins. Code that runs on "
    "plain threads alone is not reported.",
    "A goroutine that waits leaves its thread to others; a call that blocks in "
    "the operating system takes the thread with it. A few of them and nothing "
    "runs any more, what they wait for included.",
    R"cpp(#include <heddle/heddle.h>
#include <future>

int Measure();

int main() {
  heddle::WaitGroup wg;
  int sum = 0;
  wg.Go([&sum] {
    std::future<int> one = std::async(std::launch::async, Measure);
    sum = one.get(); // want: blocking-in-task "waiting for 'one'"
  });
  wg.Wait();
  return sum;
}
)cpp",
    R"cpp(#include <heddle/heddle.h>

int Measure();

int main() {
  heddle::WaitGroup wg;
  heddle::Channel<int> one(1);
  wg.Go([one]() mutable { one.Send(Measure()); });
  wg.Wait();
  return one.Recv().value_or(0);
}
)cpp",
    "Let a goroutine do the work and send the result, or wrap the call in "
    "heddle::Blocking, which lends the thread out.",
    "Blocking reads, sleeps of the thread and std::mutex are not reported yet.",
    run};

} // namespace heddle::rules
