//===- OpennessTest.cpp - What unseen code may do hides, never invents ----===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "Explored.h"

using namespace heddle::explore;

namespace {

const char *const Unseen = "declare @unseen()\n";

TEST(Openness, WhatEscapedIsNotJudged) {
  EXPECT_THAT(faults(withMain("escape %c\nrecv %c\nreturn")), IsEmpty());
  EXPECT_THAT(faults(withMain("call @unseen(%c)\nsend %c\nreturn", Unseen)),
              IsEmpty());
  EXPECT_THAT(faults(withMain("call {}?(%wg)\nadd %wg, 1\nwait %wg\nreturn")),
              IsEmpty());
  // Only what was given away.
  EXPECT_THAT(faults(withMain("call @unseen(%d)\nsend %c\nreturn", Unseen)),
              ElementsAre("deadlock: 'main', c"));
}

TEST(Openness, AnUnseenCallMayWait) {
  // @unseen may wait for the task, by what it is given.
  const char *Functions = R"(
declare @unseen()
func @Sender(%x: channel alias, %o: lock alias) {
entry:
  send %x
  lock %o
  unlock %o
  return
}
)";
  EXPECT_THAT(faults(withMain("spawn @Sender(%d, %mu)\ncall @unseen(%mu)\n"
                              "close %d\nreturn",
                              Functions)),
              IsEmpty());
  EXPECT_THAT(faults(withMain("spawn @Sender(%d, %mu)\ncall @unseen()\n"
                              "close %d\nreturn",
                              Functions)),
              ElementsAre("send on closed: task 'Sender', x"));
}

TEST(Openness, WhatAGlobalPointsToIsNotMadeByLookingAtIt) {
  const char *Globals = R"(
%server = global external alias usr "c:@server"
%server.done = field counter of %server
%all = global counter external usr "c:@all"
)";
  const std::string Test = R"(
func @ItServes() test {
entry:
  add %all, 1
  wait %all
  return
}
)";
  // Somebody set it, or it is not followed.
  EXPECT_THAT(faults(std::string(Globals) +
                     "func @main() main {\nentry:\nadd %server.done, 1\n"
                     "wait %server.done\nreturn\n}\n"),
              IsEmpty());
  EXPECT_THAT(faults(std::string(Globals) +
                     "func @main() main {\nentry:\nadd %all, 1\n"
                     "wait %all\nreturn\n}\n"),
              ElementsAre("deadlock: 'main', all"));
  // Besides a test the rest of the program may run: a fixture, main.
  EXPECT_THAT(
      faults(std::string(Globals) + Test + "func @main() main {\nreturn\n}\n"),
      IsEmpty());
}

TEST(Openness, AFunctionsParametersAreItsCallersBusiness) {
  EXPECT_THAT(faults(R"(
func @stop(%c: channel alias, %d: channel alias) {
entry:
  recv %c
  close %c
  send %d
  return
})"),
              IsEmpty());
}

TEST(Openness, WhatOneTaskDidItselfIsCertain) {
  EXPECT_THAT(faults(R"(
func @stop(%c: channel alias) {
entry:
  close %c
  close %c
  return
})"),
              ElementsAre("close of closed: 'stop', c"));
  EXPECT_THAT(faults(R"(
func @stop(%c: channel alias) {
entry:
  close %c
  send %c
  return
})"),
              ElementsAre("send on closed: 'stop', c"));
  // Two parameters may be one channel, but need not be.
  EXPECT_THAT(faults(R"(
func @stop(%c: channel alias, %d: channel alias) {
entry:
  close %c
  close %d
  return
})"),
              IsEmpty());
  // By then it may be another channel.
  EXPECT_THAT(faults(R"(
declare @unseen()
func @stop(%c: channel alias) {
entry:
  close %c
  call @unseen(%c)
  close %c
  return
})"),
              IsEmpty());
}

TEST(Openness, ElementsStandForMany) {
  EXPECT_THAT(faults(R"(
func @stop(%all: alias) {
  %all[] = element channel of %all
entry:
  close %all[]
  close %all[]
  return
})"),
              IsEmpty());
}

TEST(Openness, AnAliasThatWasNeverBoundIsNoIdentity) {
  EXPECT_THAT(faults(withMain("close %p\nclose %p\nreturn\n}\n"
                              "%p = local channel alias in @main\n"
                              "func @other() {\nreturn")),
              IsEmpty());
}

const char *const Globals = R"(
%gate = global channel
func @Waiter() {
entry:
  recv %gate
  return
}
)";

TEST(Openness, GlobalsAreClosedInAProgram) {
  EXPECT_THAT(faults(withMain("spawn @Waiter()\nreturn", Globals)),
              ElementsAre("leak: task 'Waiter', gate"));
  EXPECT_THAT(faults(withMain("spawn @Waiter()\nclose %gate\nreturn", Globals)),
              IsEmpty());
  EXPECT_THAT(faults(std::string(Globals) + R"(
func @start() {
  %own = local channel
entry:
  make %own, 0
  spawn @Waiter()
  return
})"),
              IsEmpty());
}

TEST(Openness, WhatAFunctionMakesAndLeavesIsALeak) {
  const char *Functions = R"(
func @Sender(%x: channel alias) {
entry:
  send %x
  return
}
func @first() {
  %own = local channel
entry:
  make %own, 0
  spawn @Sender(%own)
  spawn @Sender(%own)
  recv %own
  return
}
)";
  EXPECT_THAT(faults(Functions), ElementsAre("leak: task 'Sender', x"));
  // Handed to the caller, it is the caller's business.
  std::string Given = Functions;
  Given.replace(Given.rfind("return"), 6, "return %own");
  EXPECT_THAT(faults(Given), IsEmpty());
}

TEST(Openness, AnUnknownCapacityMayBeEnough) {
  EXPECT_THAT(faults(withMain("make %c\nsend %c\nsend %c\nreturn")), IsEmpty());
}

TEST(Openness, WhatOthersWriteIsNotFree) {
  // The flag says whether somebody sends; how it stands is not followed.
  const char *Rest = R"(
}
%s = local in @main
%s.flag = field value of %s
func @main::a() lambda parent @main {
entry:
  br %s.flag, yes, no
yes:
  send %d
  return
no:
  return
}
func @main::b() lambda parent @main {
entry:
  havoc %s
  br %s.flag, yes, no
yes:
  recv %d
  return
no:
  return
}
func @other() {
return)";
  EXPECT_THAT(
      faults(withMain(
          std::string("spawn @main::a()\nspawn @main::b()\nreturn") + Rest)),
      IsEmpty());
}

} // namespace
