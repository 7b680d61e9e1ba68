//===- LeakedTask.cpp - A task that is blocked for ever -------------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rules/Claims.h"

namespace heddle::rules {

/// What the task waits for, and who of its partners is gone.
static std::string whatIsMissing(const ir::Unit &U, const explore::Fault &F) {
  std::string Since = F.EntryReturned
                          ? " after '" + U.function(F.Entry).Name + "' returns"
                          : " any more";
  if (F.IsSelect)
    return "none of the cases can happen" + Since;
  switch (F.Op) {
  case ir::OpKind::Send:
    return "nothing receives" + Since;
  case ir::OpKind::Recv:
    return "nothing sends or closes it" + Since;
  case ir::OpKind::CondWait:
    return "nothing signals it" + Since;
  case ir::OpKind::Broadcast:
    return "nothing keeps that promise" + Since;
  default:
    return "nothing ends that wait" + Since;
  }
}

static std::string whatItDoes(const ir::Unit &U, const explore::Fault &F) {
  if (F.IsSelect)
    return "in this select";
  std::string On = F.Object ? " " + quoted(U, F.Object) : std::string();
  switch (F.Op) {
  case ir::OpKind::Send:
    return F.Object ? "sending on" + On : "in this send";
  case ir::OpKind::Recv:
    return F.Object ? "receiving from" + On : "in this receive";
  default:
    return F.Object ? "waiting for" + On : "in this wait";
  }
}

static void run(const RuleInput &In, std::vector<Finding> &Out) {
  const ir::Unit &U = In.Program.unit();
  for (const explore::Fault &Fault : In.Exploration.Faults) {
    // Who waits for a lock for ever is a matter of the lock's rules. A thread
    // that waits for a condition or promise of its object is that object's own,
    // to be ended by it: only a whole program shows that nobody will.
    bool IsWhole = U.function(Fault.Entry).IsMain;
    if (Fault.Kind != explore::FaultKind::LeakedTask ||
        Fault.Op == ir::OpKind::Lock ||
        ((Fault.Op == ir::OpKind::CondWait ||
          Fault.Op == ir::OpKind::Broadcast) &&
         !IsWhole) ||
        isClaimed(In, Fault.Loc))
      continue;
    Finding F;
    F.Rule = "heddle-leaked-task";
    F.Level = Fault.IsCertain ? Severity::Error : Severity::Warning;
    F.Loc = Fault.Loc;
    F.Message = Fault.TaskName + " can block for ever " + whatItDoes(U, Fault) +
                ": " + whatIsMissing(U, Fault);
    noteTrace(Fault, F);
    Out.push_back(std::move(F));
  }
}

extern const Rule LeakedTask;
const Rule LeakedTask = {
    "heddle-leaked-task",
    "a task that can block for ever because its partner is gone",
    "an interleaving of the tasks that main, a test, or a function that makes "
    "its own channels starts, after which a task waits in a send, a receive, "
    "a select or another wait that no operation of any task can end any more. "
    "A receive in a loop without a way out, once main has returned, is a "
    "service by design and not reported.",
    "The task and all that it holds stay for ever: memory grows with each "
    "one, and whoever waits for the task waits for ever too.",
    R"cpp(#include <heddle/heddle.h>

void Count(heddle::Channel<int> out) {
  for (int i = 0;; ++i) {
    out.Send(i); // want: leaked-task "nothing receives after 'main' returns"
  }
}

int main() {
  heddle::Channel<int> numbers;
  heddle::go(Count, numbers);
  return numbers.Recv().value_or(0);
}
)cpp",
    R"cpp(#include <heddle/heddle.h>

void Count(heddle::Channel<int> out, heddle::RecvChannel<heddle::Unit> enough) {
  for (int i = 0;; ++i) {
    if (heddle::Select(heddle::OnSend(out, i), heddle::OnRecv(enough)) == 1)
      return;
  }
}

int main() {
  heddle::Channel<int> numbers;
  heddle::Channel<heddle::Unit> enough;
  heddle::go(Count, numbers, enough);
  int first = numbers.Recv().value_or(0);
  enough.Close();
  return first;
}
)cpp",
    "Give the task a way out: a context or a channel that says \"enough\" in a "
    "select, a channel with room for what nobody takes, or a close by the "
    "sender that ends the receiver's loop.",
    "More than twelve tasks at once (the one that starts them counts), "
    "channels that code outside the program can reach, channels in a container "
    "of which it is not known which element is meant, and channels whose "
    "capacity is not known are not judged. A callee that the program does not "
    "show is taken not to throw.",
    run};

} // namespace heddle::rules
