//===- DoubleClose.cpp - A channel closed twice ---------------------------===//
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
    if (Fault.Kind != explore::FaultKind::CloseOfClosed)
      continue;
    Finding F;
    F.Rule = "heddle-double-close";
    F.Level = Fault.IsCertain ? Severity::Error : Severity::Warning;
    F.Loc = Fault.Loc;
    F.Message = Fault.IsNil
                    ? "close of " + quoted(U, Fault.Object) + ", which is nil"
                    : quoted(U, Fault.Object) + " is closed a second time";
    F.Message += "; this panics";
    noteTrace(Fault, F);
    Out.push_back(std::move(F));
  }
}

extern const Rule DoubleClose;
const Rule DoubleClose = {
    "heddle-double-close",
    "a channel that can be closed twice, or is nil when it is closed",
    "an interleaving of the tasks that main, a test, or a function that makes "
    "its own channels starts, in which a channel is closed that was closed "
    "before; two closes of one channel on a path of one task; and a close of "
    "a channel that is nil there.",
    "The second close panics. It comes as a surprise when two ends of a "
    "conversation each close what both of them share.",
    R"cpp(#include <heddle/heddle.h>

int main() {
  heddle::Channel<int> numbers(1);
  HEDDLE_DEFER(numbers.Close()); // want: double-close "closed a second time"
  numbers.Send(1);
  int first = numbers.Recv().value_or(0);
  numbers.Close();
  return first;
}
)cpp",
    R"cpp(#include <heddle/heddle.h>

int main() {
  heddle::Channel<int> numbers(1);
  HEDDLE_DEFER(numbers.Close());
  numbers.Send(1);
  return numbers.Recv().value_or(0);
}
)cpp",
    "Close in one place, by the one task that sends; where several paths must "
    "be able to close, let a heddle::Once do it.",
    "Two closes by different tasks are not put together when something that "
    "the program does not show may order them, or when it is not known which "
    "element of a container the channel is.",
    run};

} // namespace heddle::rules
