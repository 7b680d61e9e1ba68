//===- UnclosedRange.cpp - A loop over a channel that nobody closes -------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rules/Claims.h"

namespace heddle::rules {

using explore::Fault;

static void run(const RuleInput &In, std::vector<Finding> &Out) {
  const ir::Unit &U = In.Program.unit();
  for (const Fault &Fault : In.Exploration.Faults) {
    if (!isUnclosedRange(In, Fault))
      continue;
    Finding F;
    F.Rule = "heddle-unclosed-range";
    F.Level = Fault.IsCertain ? Severity::Error : Severity::Warning;
    F.Loc = Fault.Loc;
    ObjId Named = Fault.Object && !U.describe(Fault.Object).empty()
                      ? Fault.Object
                      : Fault.Origin;
    std::string Name = quoted(U, Named);
    F.Message = Fault.TaskName + " receives from " + Name +
                " until it is closed, and nothing closes it";
    SourceSpan Made = U.object(Fault.Origin).Loc;
    if (Made.isValid() && Made != Fault.Loc)
      F.Notes.push_back({Made, "the channel is made here"});
    noteTrace(Fault, F);
    Out.push_back(std::move(F));
  }
}

extern const Rule UnclosedRange;
const Rule UnclosedRange = {
    "heddle-unclosed-range",
    "a receiver ranges over a channel that no path closes",
    "a loop that a channel's close ends (a range, a receive whose empty result "
    "leaves the loop, a loop without any other way out) in main, in a test, in "
    "a function that makes the channel or in a task that it starts, where all "
    "who send are gone and nothing in the program closes the channel. A task "
    "that serves for as long as the program lives, and that nothing waits for, "
    "is not reported. A loop that a mark in what comes ends too, or a receive "
    "that is not always come to, is a matter of deadlock and leaked-task.",
    "The loop takes what was sent and then waits for ever for one more: the "
    "program hangs, or the task and all that it holds leak.",
    R"cpp(#include <heddle/heddle.h>

int main() {
  heddle::Channel<int> numbers;
  heddle::WaitGroup wg;
  wg.Go([numbers]() mutable {
    for (int i = 0; i < 3; ++i)
      numbers.Send(i);
  });
  int sum = 0;
  for (int number : numbers) // want: unclosed-range "nothing closes it"
    sum += number;
  wg.Wait();
  return sum;
}
)cpp",
    R"cpp(#include <heddle/heddle.h>

int main() {
  heddle::Channel<int> numbers;
  heddle::WaitGroup wg;
  wg.Go([numbers]() mutable {
    HEDDLE_DEFER(numbers.Close());
    for (int i = 0; i < 3; ++i)
      numbers.Send(i);
  });
  int sum = 0;
  for (int number : numbers)
    sum += number;
  wg.Wait();
  return sum;
}
)cpp",
    "Let the sender close the channel when it has sent everything; with "
    "several senders, let one task wait for all of them and then close it.",
    "Channels that code outside the program can reach, and channels in a "
    "container of which it is not known which element is meant, are not "
    "judged. A close that happens on some paths only is a "
    "matter of deadlock and leaked-task.",
    run};

} // namespace heddle::rules
