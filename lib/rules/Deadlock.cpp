//===- Deadlock.cpp - Tasks that wait for one another for ever ------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "explore/Trace.h"
#include "rules/Claims.h"

namespace heddle::rules {

using explore::Fault;
using explore::Waiter;
using ir::OpKind;

/// A wait for a task to end or to be done says nothing of its own: what that
/// task waits for does.
static bool isConsequence(OpKind K) {
  return K == OpKind::Wait || K == OpKind::Join || K == OpKind::End;
}

/// Who waits where the fault lies: a task that is blocked by something else
/// than the end of others, or the entry itself.
static Waiter culprit(const Fault &F) {
  Waiter Entry{F.Loc, F.Op, F.Object, F.IsSelect, F.TaskName};
  if (!isConsequence(F.Op) || F.JoinsItself)
    return Entry;
  for (const Waiter &W : F.Others)
    if (!isConsequence(W.Op) && W.Loc.isValid())
      return W;
  return Entry;
}

static void run(const RuleInput &In, std::vector<Finding> &Out) {
  const ir::Unit &U = In.Program.unit();
  for (const Fault &Fault : In.Exploration.Faults) {
    if (Fault.Kind != explore::FaultKind::Deadlock)
      continue;
    Waiter At = culprit(Fault);
    if (isClaimed(In, Fault.Loc) || isClaimed(In, At.Loc))
      continue;
    Finding F;
    F.Rule = "heddle-deadlock";
    F.Level = Fault.IsCertain ? Severity::Error : Severity::Warning;
    F.Loc = At.Loc;
    F.Message =
        At.TaskName + " can wait for ever " +
        (At.IsSelect ? "in this select" : explore::doing(U, At.Op, At.Object)) +
        ": nothing that is left can end the wait";
    if (Fault.JoinsItself)
      F.Message = At.TaskName + " waits for its own end, which never comes: a "
                                "thread cannot join itself";
    else if (At.Loc != Fault.Loc)
      F.Message += ", and so '" + U.function(Fault.Entry).Name +
                   "' never goes on either";
    noteTrace(Fault, F);
    F.Waits = {Fault.Loc};
    for (const Waiter &W : Fault.Others)
      F.Waits.push_back(W.Loc);
    Out.push_back(std::move(F));
  }
}

extern const Rule Deadlock;
const Rule Deadlock = {
    "heddle-deadlock",
    "tasks that wait for one another for ever",
    "an interleaving of the tasks that main, a test, or a function that makes "
    "its own channels, counters or locks starts, after which that function "
    "waits for ever: in a send, a receive, a select, a lock, a condition, or "
    "for tasks of which one waits so, and no task that is left can end it. "
    "The notes tell a shortest such interleaving, step by step.",
    "Nothing crashes and nothing is logged: the program stands still, often "
    "only when the load is such that the one bad order comes up.",
    R"cpp(#include <heddle/heddle.h>

int main() {
  heddle::Channel<int> numbers(2);
  for (int i = 0; i < 3; ++i)
    numbers.Send(i); // want: deadlock "sending on 'numbers'"
  return numbers.Recv().value_or(0) + numbers.Recv().value_or(0);
}
)cpp",
    R"cpp(#include <heddle/heddle.h>

int main() {
  heddle::Channel<int> results(2);
  heddle::WaitGroup wg;
  for (int i = 0; i < 2; ++i)
    wg.Go([results, i]() mutable {
      results.Send(i);
    });
  wg.Wait();
  return results.Recv().value_or(0) + results.Recv().value_or(0);
}
)cpp",
    "Receive before the wait, or give the channel room for all that is sent; "
    "take locks in one order, and none across a send or receive whose partner "
    "needs it.",
    "More than twelve tasks at once (the one that starts them counts), and "
    "waits on objects that code outside the program can reach, or that are "
    "elements of a container of which it is not known which is meant, are not "
    "judged.",
    run};

} // namespace heddle::rules
