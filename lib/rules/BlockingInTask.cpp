//===- BlockingInTask.cpp - A goroutine that blocks its thread ------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rules/ChannelFacts.h"
#include "rules/Parallel.h"
#include "llvm/ADT/STLExtras.h"

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
          if (blocksThread(Op))
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

  bool blocksThread(const ir::Op &Op) const {
    switch (Op.Kind) {
    case OpKind::Join:
      // Goroutines have no handles: what is joined is a thread or future.
      return Op.How != ir::Mode::Timed &&
             !(Op.Deferred && Joined.count(Op.Obj));
    case OpKind::Sleep:
    case OpKind::Wait:
    case OpKind::CondWait:
      return Op.How == ir::Mode::Thread;
    case OpKind::Block: // Of the user's model it may be a call of a function.
      // Timed: the runtime parks the task until something outside answers.
      return !Op.Fn.isPresent() && Op.How != ir::Mode::Timed;
    default:
      return false;
    }
  }

  static const char *whatBlocks(const ir::Op &Op) {
    if (Op.Kind == OpKind::Sleep)
      return "a goroutine puts its thread to sleep here";
    if (Op.Kind == OpKind::Block)
      return Op.How == ir::Mode::Thread
                 ? "a goroutine blocks its thread here, in the operating system"
                 : "a goroutine may block its thread here, in the operating "
                   "system";
    return "a goroutine blocks its thread here, waiting for ";
  }

  void report(const ir::Op &Op, SourceSpan Spawn) {
    Finding F;
    F.Rule = "heddle-blocking-in-task";
    F.Level = Op.Kind == OpKind::Block && Op.How != ir::Mode::Thread
                  ? Severity::Advice
                  : Severity::Warning;
    F.Loc = Op.Loc;
    F.Message = whatBlocks(Op);
    if (Op.Kind != OpKind::Sleep && Op.Kind != OpKind::Block)
      F.Message += quoted(U, Op.Obj);
    F.Message += "; no other goroutine of that thread can run meanwhile";
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

namespace {
/// A goroutine that parks with a lock held at which others block their
/// threads: enough of those leave no thread on which its wait could end.
class ParkedHolders {
public:
  ParkedHolders(const RuleInput &In, std::vector<Finding> &Out)
      : U(In.Program.unit()), Places(In.Program), Facts(U), Out(Out) {
    for (const ir::Function &F : U.Functions)
      for (const ir::Block &B : F.Blocks)
        for (const ir::Op &Op : B.Ops)
          if (Op.Kind == OpKind::Make && Op.How == ir::Mode::Thread && Op.Obj)
            BlockThreads.insert(U.object(Op.Obj).Loc);
  }

  void check(const Situation &S) {
    for (const Happening &W : S.Happenings)
      if (parks(S, W))
        for (const summary::HeldLock &Held : W.E->Held)
          if (BlockThreads.count(U.object(Held.Lock).Loc))
            checkHeld(S, W, Held);
  }

private:
  static bool isGoroutine(const Situation &S, const Happening &H) {
    const summary::Task *T = S.Strands[H.Strand].Task;
    return T && T->How == ir::Mode::Plain && !H.E->InTask;
  }

  bool parks(const Situation &S, const Happening &W) const {
    const summary::Event &E = *W.E;
    if (!summary::isWait(E.Kind) || !E.Obj || E.CanPass || E.Held.empty() ||
        E.Kind == OpKind::Join || E.How != ir::Mode::Plain ||
        !isGoroutine(S, W))
      return false;
    // Room for messages is there for them, whoever may have filled it.
    return E.Kind != OpKind::Send || Facts.room(E.Obj) == 0;
  }

  void checkHeld(const Situation &S, const Happening &W,
                 const summary::HeldLock &Held) {
    auto K = llvm::find_if(S.Happenings, [&](const Happening &K) {
      return K.E->Kind == OpKind::Lock && isGoroutine(S, K) &&
             K.E->How != ir::Mode::Timed &&
             !(K.E->How == ir::Mode::Shared && Held.How == ir::Mode::Shared) &&
             Places.same(K.E->Obj, Held.Lock, S.OfOneObject) == Same::Yes &&
             S.atOnce(K, W);
    });
    if (K == S.Happenings.end())
      return;
    Finding F;
    F.Rule = "heddle-blocking-in-task";
    F.Level = Severity::Warning;
    F.Loc = K->E->Loc;
    std::string Lock = quoted(U, K->E->Obj);
    F.Message = "a goroutine blocks its thread here, waiting for " + Lock +
                ", and the one that holds it may be parked; enough of them "
                "leave no thread for what that one waits for";
    noteStart(S.Strands[W.Strand], F.Notes);
    F.Notes.push_back({Held.Since, Lock + " is acquired here"});
    noteCalls(W.E->Via, F.Notes);
    F.Notes.push_back(
        {W.E->Loc, "the goroutine parks here, with " + Lock + " held"});
    Out.push_back(std::move(F));
  }

  const ir::Unit &U;
  const LockIdentity Places;
  const ChannelFacts Facts;
  std::vector<Finding> &Out;
  /// Where locks are declared at which a waiter blocks its thread.
  std::set<SourceSpan> BlockThreads;
};
} // namespace

static bool isLockOrWait(const summary::Event &E) {
  return E.Obj && (E.Kind == OpKind::Lock || summary::isWait(E.Kind));
}

static void run(const RuleInput &In, std::vector<Finding> &Out) {
  Checker(In, Out).run();
  ParkedHolders Held(In, Out);
  for (const Situation &S : situations(In.Program, isLockOrWait))
    Held.check(S);
}

extern const Rule BlockingInTask;
const Rule BlockingInTask = {
    "heddle-blocking-in-task",
    "a call that blocks the OS thread inside a goroutine",
    "a goroutine that, itself or through what it calls, joins a thread or "
    "waits "
    "for a future, by name or by a destructor that joins; waits for a "
    "condition "
    "or latch of the standard library; puts its thread to sleep; or makes a "
    "call of the operating system that waits for somebody outside. Where that "
    "call may well find what it waits for (read, accept, poll: the descriptor "
    "may be one that never blocks), it is advice. And a goroutine that "
    "acquires a lock of the operating system's, such as std::mutex, which "
    "another one holds while it parks: sends, receives, waits for a counter. "
    "Code that runs on plain threads alone is not reported.",
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
    "Sleep and wait with the runtime's own means, which park the goroutine "
    "alone. Let a goroutine do the work and send the result, or wrap the call "
    "in "
    "heddle::Blocking, which lends the thread out.",
    "std::mutex as such is not reported: held for a moment it blocks for a "
    "moment. A global one is not known to be held while its holder parks, nor "
    "is a channel with room waited for. Streams are not reported, "
    "std::cin included; nor waits that give up after a while.",
    run};

} // namespace heddle::rules
