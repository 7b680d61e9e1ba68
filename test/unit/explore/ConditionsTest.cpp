//===- ConditionsTest.cpp - Who wakes a waiter, and who cannot ------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "Explored.h"

using namespace heddle::explore;

namespace {

TEST(Conditions, NobodySignals) {
  EXPECT_THAT(faults(withMain("lock %mu\ncond-wait %cv with %mu\nreturn")),
              ElementsAre("deadlock: 'main', cv"));
  EXPECT_THAT(faults(withMain("lock %mu\ncond-wait timed %cv with %mu\n"
                              "return")),
              IsEmpty());
}

TEST(Conditions, AWaitDropsItsLockAndIsWoken) {
  const char *Waker = R"(
func @Waker(%mu: lock alias, %cv: cond alias, %c: channel alias) {
entry:
  lock %mu
  signal %cv
  unlock %mu
  return
}
)";
  EXPECT_THAT(faults(withMain("lock %mu\nspawn @Waker(%mu, %cv, %c)\n"
                              "cond-wait %cv with %mu\nunlock %mu\nreturn",
                              Waker)),
              IsEmpty());
}

TEST(Conditions, APredicateDecides) {
  const char *Rest = R"(
}
%ready = local value in @main
func @main::lambda() lambda parent @main {
entry:
  return %ready
}
func @other() {
return)";
  EXPECT_THAT(
      faults(withMain(std::string("set %ready = 1\nlock %mu\n"
                                  "cond-wait %cv @main::lambda() with %mu\n"
                                  "return") +
                      Rest)),
      IsEmpty());
  EXPECT_THAT(
      faults(withMain(std::string("set %ready = 0\nlock %mu\n"
                                  "cond-wait %cv @main::lambda() with %mu\n"
                                  "return") +
                      Rest)),
      ElementsAre("deadlock: 'main', cv"));
  // Whether it holds is not known, so neither is whether anybody must signal.
  EXPECT_THAT(
      faults(withMain(std::string("lock %mu\n"
                                  "cond-wait %cv @main::lambda() with %mu\n"
                                  "return") +
                      Rest)),
      IsEmpty());
}

// What the waiter looks at is known: it waits, and the only signal came before.
TEST(Conditions, ASignalBeforeTheWaitIsMissed) {
  const char *Waiter = R"(
func @Waiter(%mu: lock alias, %cv: cond alias, %n: value alias) {
entry:
  lock %mu
  br (%n == 1), wait, over
wait:
  cond-wait %cv with %mu
  jump over
over:
  unlock %mu
  return
}
)";
  const char *Main = "set %i = 1\nspawn thread %t @Waiter(%mu, %cv, %i)\n"
                     "lock %mu\nsignal %cv\nunlock %mu\njoin %t\nreturn";
  EXPECT_THAT(faults(withMain(Main, Waiter)),
              ElementsAre("deadlock: 'main', t", "leak: task 'Waiter', cv"));
  // The number that is looked at says so first.
  const char *Says = "set %i = 1\nspawn thread %t @Waiter(%mu, %cv, %i)\n"
                     "lock %mu\nset %i = 0\nsignal %cv\nunlock %mu\n"
                     "join %t\nreturn";
  EXPECT_THAT(faults(withMain(Says, Waiter)), IsEmpty());
}

// It waits because of what is not known: by then that may have been settled.
TEST(Conditions, AWaitInDoubtMayHaveBeenNeedless) {
  const char *Waiter = R"(
func @Waiter(%mu: lock alias, %cv: cond alias) {
entry:
  lock %mu
  jump ask
ask:
  br ?, wait, over
wait:
  cond-wait %cv with %mu
  jump ask
over:
  unlock %mu
  return
}
)";
  EXPECT_THAT(faults(withMain("spawn thread %t @Waiter(%mu, %cv)\nlock %mu\n"
                              "signal %cv\nunlock %mu\njoin %t\nreturn",
                              Waiter)),
              IsEmpty());
}

// What the waiter looks at is out of sight, and so is what comes first: still
// nothing wakes who waits on what nothing signals.
TEST(Conditions, WhatNothingSignalsIsForEver) {
  const std::string Waiter = R"(
file "a.cpp"
%bell = global cond !1:1
func @Waiter(%mu: lock alias, %n: value alias) {
entry:
  lock %mu
  br (%n == 1), wait, over
wait:
  cond-wait %bell with %mu
  jump over
over:
  unlock %mu
  return
}
)";
  const std::string Waker = R"(
func @Waker(%any: cond alias) {
entry:
  signal %any
  return
}
)";
  const char *Main = "spawn thread %t @Waiter(%mu, %i)\nlock %mu\n"
                     "set %i = ?\nunlock %mu\njoin %t\nreturn";
  EXPECT_THAT(faults(withMain(Main, Waiter)),
              ElementsAre("leak: task 'Waiter', bell?"));
  EXPECT_THAT(faults(withMain(Main, Waiter + Waker)), IsEmpty());
}

// A reference to a number is the number.
TEST(Conditions, WhatIsHandedOnByReferenceChangesForAll) {
  const char *Waiter = R"(
func @Waiter(%mu: lock alias, %cv: cond alias, %n: value alias) {
entry:
  lock %mu
  jump ask
ask:
  br (%n == 0), wait, over
wait:
  cond-wait %cv with %mu
  jump ask
over:
  unlock %mu
  return
}
)";
  const char *Main = "set %i = 0\nspawn thread %t @Waiter(%mu, %cv, %i)\n"
                     "lock %mu\nset %i = 1\nsignal %cv\nunlock %mu\n"
                     "join %t\nreturn";
  EXPECT_THAT(faults(withMain(Main, Waiter)), IsEmpty());
}

} // namespace
