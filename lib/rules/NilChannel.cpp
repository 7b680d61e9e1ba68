//===- NilChannel.cpp - A wait for a channel that is nil ------------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rules/Claims.h"

namespace heddle::rules {

static std::string whatBlocks(const ir::Unit &U, const explore::Fault &F) {
  if (F.IsSelect)
    return "this select waits for ever: all its channels are nil";
  std::string Name = F.Object ? U.describe(F.Object) : std::string();
  bool IsSend = F.Op == ir::OpKind::Send;
  std::string What = IsSend ? "this send" : "this receive";
  if (!Name.empty())
    What += (IsSend ? " on '" : " from '") + Name + "'";
  return What + " waits for ever: the channel is nil here";
}

static void run(const RuleInput &In, std::vector<Finding> &Out) {
  const ir::Unit &U = In.Program.unit();
  for (const explore::Fault &Fault : In.Exploration.Faults) {
    if (!isNilWait(Fault))
      continue;
    Finding F;
    F.Rule = "heddle-nil-channel";
    F.Level = Fault.IsCertain ? Severity::Error : Severity::Warning;
    F.Loc = Fault.Loc;
    F.Message = whatBlocks(U, Fault);
    SourceSpan Declared =
        Fault.Origin ? U.object(Fault.Origin).Loc : SourceSpan();
    if (Declared.isValid() && !Fault.IsSelect)
      F.Notes.push_back({Declared, "nil since it was made here"});
    noteTrace(Fault, F);
    Out.push_back(std::move(F));
  }
}

extern const Rule NilChannel;
const Rule NilChannel = {
    "heddle-nil-channel",
    "an operation on a channel that is nil there",
    "a path, or an interleaving of tasks, on which a send, a receive, a range "
    "or a select meets a channel that was made nil (a one-way view that was "
    "default-constructed and never assigned, or Nil()), and nothing else can "
    "end the wait: a select is reported when all its channels are nil. A close "
    "of a nil channel is double-close's.",
    "A nil channel never becomes ready: the task is blocked for ever, and a "
    "view that somebody forgot to assign looks like any other.",
    R"cpp(#include <heddle/heddle.h>

struct Meter {
  heddle::SendChannel<int> readings;
};

int main() {
  heddle::Channel<int> readings(1);
  Meter meter;
  meter.readings.Send(1); // want: nil-channel "the channel is nil here"
  return readings.Recv().value_or(0);
}
)cpp",
    R"cpp(#include <heddle/heddle.h>

struct Meter {
  heddle::SendChannel<int> readings;
};

int main() {
  heddle::Channel<int> readings(1);
  Meter meter{readings};
  meter.readings.Send(1);
  return readings.Recv().value_or(0);
}
)cpp",
    "Assign the view before it is used, or ask it: an explicit conversion to "
    "bool says whether a channel is nil. To switch a case of a select off, "
    "keep another case that can happen.",
    "Channels in a container of which it is not known which element is meant "
    "are not judged, nor members of objects that the program does not show "
    "being made.",
    run};

} // namespace heddle::rules
