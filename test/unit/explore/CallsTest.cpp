//===- CallsTest.cpp - Calls, closures, exceptions, recursion -------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "Explored.h"

using namespace heddle::explore;

namespace {

TEST(Calls, PlacesAreBoundThroughCalls) {
  const char *Functions = R"(
func @outer(%x: channel alias) {
entry:
  call @inner(%x)
  return
}
func @inner(%y: channel alias) {
entry:
  close %y
  return
}
)";
  EXPECT_THAT(faults(withMain("call @outer(%c)\nclose %c\nreturn", Functions)),
              ElementsAre("close of closed: 'main', c"));
  EXPECT_THAT(faults(withMain("call @outer(%c)\nclose %d\nreturn", Functions)),
              IsEmpty());
}

TEST(Calls, WhatIsReturnedIsBound) {
  const char *Functions = R"(
func @make() {
  %new = local channel
entry:
  make %new, 0
  return %new
}
)";
  // Two calls make two channels.
  const char *Locals = "\n}\n%a = local channel alias in @main\n"
                       "%b = local channel alias in @main\n"
                       "func @other() {\nreturn";
  auto Body = [&](const char *Second) {
    return std::string("call @make() -> %a\ncall @make() -> %b\nclose %a\n") +
           "close " + Second + "\nreturn" + Locals;
  };
  EXPECT_THAT(faults(withMain(Body("%b"), Functions)), IsEmpty());
  EXPECT_THAT(faults(withMain(Body("%a"), Functions)),
              ElementsAre("close of closed: 'main', a"));
}

TEST(Calls, NumbersAreReturned) {
  const char *Functions = R"(
func @two() {
entry:
  return 2
}
)";
  EXPECT_THAT(faults(withMain("call @two() -> %i\nbr %i == 2, a, b\n"
                              "a:\nreturn\nb:\nrecv %c\nreturn",
                              Functions)),
              IsEmpty());
}

TEST(Calls, FieldsBelongToTheirObject) {
  const char *Functions = R"(
%Q = this channel in @stop
%this = this in @stop
%this.ch = field channel of %this
func @stop() this %this {
entry:
  close %this.ch
  return
}
)";
  auto Body = [](const char *Second) {
    return std::string("call @stop[this %p]()\ncall @stop[this ") + Second +
           "]()\nreturn\n}\n%p = local in @main\n%q = local in @main\n"
           "func @other() {\nreturn";
  };
  std::string F = Functions;
  F.erase(F.find("%Q"), F.find('\n', F.find("%Q")) - F.find("%Q"));
  EXPECT_THAT(faults(withMain(Body("%q"), F)), IsEmpty());
  EXPECT_THAT(faults(withMain(Body("%p"), F)),
              ElementsAre("close of closed: 'main', ch"));
}

TEST(Calls, ALambdaUsesItsParentsPlaces) {
  const char *Functions = R"(
func @main::lambda() lambda parent @main {
entry:
  send %c
  return
}
)";
  EXPECT_THAT(
      faults(withMain("spawn @main::lambda()\nrecv %c\nreturn\n}" +
                      std::string(Functions) + "func @other() {\nreturn")),
      IsEmpty());
  EXPECT_THAT(
      faults(withMain("spawn @main::lambda()\nreturn\n}" +
                      std::string(Functions) + "func @other() {\nreturn"))
          .size(),
      1u);
}

TEST(Calls, EachTurnsLambdaHasItsOwnChannel) {
  const char *Rest = R"(
}
%own = local channel in @main
func @main::lambda() lambda parent @main {
entry:
  send %own
  return
}
func @other() {
return)";
  // Each turn receives from the task that it started.
  EXPECT_THAT(faults(withMain(std::string(R"(
  set %i = 0
  jump head
head:
  br %i < 2, body, out
body:
  make %own, 0
  spawn @main::lambda()
  recv %own
  end %own
  set %i = %i + 1
  jump head
out:
  return)") + Rest)),
              IsEmpty());
}

TEST(Calls, CallablesAreFollowed) {
  const char *Functions = R"(
func @twice(%f: callable alias) {
entry:
  call *%f()
  call *%f()
  return
}
)";
  const char *Rest = R"(
}
func @main::lambda() lambda parent @main {
entry:
  close %c
  return
}
func @other() {
return)";
  EXPECT_THAT(
      faults(withMain(std::string("call @twice(@main::lambda)\nreturn") + Rest,
                      Functions)),
      ElementsAre("close of closed: 'main', c"));
}

TEST(Calls, SeveralTargetsAreAChoice) {
  const char *Functions = R"(
func @a(%x: channel alias) {
entry:
  close %x
  return
}
func @b(%x: channel alias) {
entry:
  return
}
)";
  EXPECT_THAT(
      faults(withMain("call {@a | @b}(%c)\nclose %c\nreturn", Functions)),
      ElementsAre("close of closed: 'main', c?"));
}

TEST(Calls, ExceptionsRunCleanups) {
  const char *Functions = R"(
func @thrower(%x: channel alias) {
entry:
  throw
}
func @task(%x: channel alias) {
entry:
  call @thrower(%x) unwind cleanup
  return
cleanup:
  close %x
  resume
}
)";
  // The task's end by exception is its own affair; the close was made.
  EXPECT_THAT(
      faults(withMain("spawn @task(%c)\nrecv %c\nclose %c\nreturn", Functions)),
      ElementsAre("close of closed: 'main', c"));
}

TEST(Calls, AnExceptionOfAnOsThreadEndsTheProgram) {
  const char *Functions = R"(
func @thrower() {
entry:
  throw
}
)";
  EXPECT_THAT(faults(withMain("spawn @thrower()\nrecv %c\nreturn", Functions)),
              ElementsAre("deadlock: 'main', c"));
  EXPECT_THAT(
      faults(withMain("spawn thread @thrower()\nrecv %c\nreturn", Functions)),
      IsEmpty());
}

TEST(Calls, ExitEndsEverything) {
  EXPECT_THAT(faults(withMain("exit\n}\nfunc @other() {\nreturn")), IsEmpty());
}

TEST(Calls, RecursionEndsAtABound) {
  const char *Functions = R"(
func @down(%x: channel alias) {
entry:
  call @down(%x)
  send %x
  return
}
)";
  EXPECT_THAT(faults(withMain("call @down(%c)\nreturn", Functions)), IsEmpty());
}

TEST(Calls, BranchesOnOneConditionAgree) {
  EXPECT_THAT(faults(withMain(R"(
  br %j, a, b
a:
  close %c
  jump b
b:
  br %j, x, y
x:
  return
y:
  close %c
  return)")),
              IsEmpty());
  EXPECT_THAT(faults(withMain(R"(
  br %j, a, b
a:
  close %c
  jump b
b:
  close %c
  return)")),
              ElementsAre("close of closed: 'main', c?"));
}

TEST(Calls, LoopsOfOneBoundAreOfOneLength) {
  const char *Functions = R"(
func @Sender(%out: channel alias) {
entry:
  send %out
  return
}
)";
  auto Body = [](const char *Bound) {
    return std::string(R"(
  set %i = 0
  jump head
head:
  br %i < %n, body, mid
body:
  spawn @Sender(%c)
  set %i = %i + 1
  jump head
mid:
  set %i = 0
  jump head2
head2:
  br %i < )") +
           Bound + R"(, body2, out
body2:
  recv %c
  set %i = %i + 1
  jump head2
out:
  return
}
%n = local value in @main
func @other() {
return)";
  };
  EXPECT_THAT(faults(withMain(Body("%n"), Functions)), IsEmpty());
  EXPECT_THAT(faults(withMain(Body("%n - 1"), Functions)),
              ElementsAre("leak: task 'Sender', out?"));
}

} // namespace
