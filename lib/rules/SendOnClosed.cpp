//===- SendOnClosed.cpp - A send after a close of the channel -------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rules/Wording.h"

namespace heddle::rules {

static void run(const RuleInput &In, std::vector<Finding> &Out) {
  const ir::Unit &U = In.Program.unit();
  for (const explore::Fault &Fault : In.Exploration.Faults) {
    if (Fault.Kind != explore::FaultKind::SendOnClosed)
      continue;
    Finding F;
    F.Rule = "heddle-send-on-closed";
    F.Level = Fault.IsCertain ? Severity::Error : Severity::Warning;
    F.Loc = Fault.Loc;
    F.Message = "send on " + quoted(U, Fault.Object) +
                " after it was closed; this panics";
    noteTrace(Fault, F);
    Out.push_back(std::move(F));
  }
}

extern const Rule SendOnClosed;
const Rule SendOnClosed = {
    "heddle-send-on-closed",
    "a send that can come after a close of the same channel",
    "an interleaving of the tasks that main, a test, or a function that makes "
    "its own channels starts, in which a channel is sent on, or still waited "
    "to be sent on, after it was closed; and a close that is followed by a "
    "send on the same channel in one task.",
    "A send on a closed channel panics, and so does a send that waits while "
    "the channel is closed: a close says that nothing more will be sent, and "
    "only who sends can know that.",
    R"cpp(#include <heddle/heddle.h>

int main() {
  heddle::Channel<int> numbers;
  heddle::WaitGroup wg;
  wg.Go([numbers]() mutable {
    for (int i = 0; i < 3; ++i)
      numbers.Send(i); // want: send-on-closed "after it was closed"
  });
  int first = numbers.Recv().value_or(0);
  numbers.Close();
  wg.Wait();
  return first;
}
)cpp",
    R"cpp(#include <heddle/heddle.h>

int main() {
  heddle::Channel<int> numbers;
  heddle::WaitGroup wg;
  wg.Go([numbers]() mutable {
    for (int i = 0; i < 3; ++i)
      numbers.Send(i);
    numbers.Close();
  });
  int sum = 0;
  for (int number : numbers)
    sum += number;
  wg.Wait();
  return sum;
}
)cpp",
    "Let the sender close the channel, or, with several senders, close it "
    "after a wait for all of them. A receiver that has seen enough says so on "
    "a channel of its own.",
    "Closes and sends of different tasks are not put together when something "
    "that the program does not show may order them, or when it is not known "
    "which element of a container the channel is.",
    run};

} // namespace heddle::rules
