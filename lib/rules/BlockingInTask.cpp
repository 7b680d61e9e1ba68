//===- BlockingInTask.cpp - A goroutine that blocks its thread ------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rules/Wording.h"
#include <set>

namespace heddle::rules {

using ir::OpKind;

namespace {
/// The functions that goroutines run, and a spawn for each that leads there.
class Checker {
public:
  Checker(const RuleInput &In, std::vector<Finding> &Out)
      : U(In.Program.unit()), Out(Out), SpawnOf(U.Functions.size()) {}

  void run() {
    for (const ir::Function &F : U.Functions)
      for (const ir::Block &B : F.Blocks)
        for (const ir::Op &Op : B.Ops) {
          if (Op.Kind == OpKind::Spawn && Op.How == ir::Mode::Plain)
            enter(Op.Fn, Op.Loc);
          if (Op.Kind == OpKind::Join && !Op.Deferred)
            Joined.insert(Op.Obj);
        }
    while (!Todo.empty()) {
      FuncId F = Todo.back();
      Todo.pop_back();
      for (const ir::Block &B : U.function(F).Blocks)
        for (const ir::Op &Op : B.Ops) {
          // A thread that is lent for the call may be blocked by it.
          if (Op.Kind == OpKind::Call && Op.How != ir::Mode::Thread)
            enter(Op.Fn, SpawnOf[F.index()]);
          // Goroutines have no handles: what is joined is a thread or future.
          if (Op.Kind == OpKind::Join && Op.How != ir::Mode::Timed &&
              !(Op.Deferred && Joined.count(Op.Obj)))
            report(Op, SpawnOf[F.index()]);
        }
    }
  }

private:
  void enter(const ir::Callable &Fn, SourceSpan Spawn) {
    for (FuncId F : Fn.Targets)
      if (!SpawnOf[F.index()].isValid()) {
        SpawnOf[F.index()] = Spawn;
        Todo.push_back(F);
      }
  }

  void report(const ir::Op &Op, SourceSpan Spawn) {
    Finding F;
    F.Rule = "heddle-blocking-in-task";
    F.Level = Severity::Warning;
    F.Loc = Op.Loc;
    F.Message = "a goroutine blocks its thread here, waiting for " +
                quoted(U, Op.Obj) +
                "; no other goroutine of that thread can run meanwhile";
    F.Notes.push_back({Spawn, "the goroutine is started here"});
    Out.push_back(std::move(F));
  }

  const ir::Unit &U;
  std::vector<Finding> &Out;
  std::vector<SourceSpan> SpawnOf;
  std::vector<FuncId> Todo;
  /// By name, so that the destructor finds nothing left to wait for.
  std::set<ObjId> Joined;
};
} // namespace

static void run(const RuleInput &In, std::vector<Finding> &Out) {
  Checker(In, Out).run();
}

extern const Rule BlockingInTask;
const Rule BlockingInTask = {
    "heddle-blocking-in-task",
    "a call that blocks the OS thread inside a goroutine",
    "a goroutine that, itself or through what it calls, joins a thread or "
    "waits "
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
