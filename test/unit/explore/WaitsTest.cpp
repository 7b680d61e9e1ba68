//===- WaitsTest.cpp - Counters, locks, joins and once --------------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "Explored.h"

using namespace heddle::explore;

namespace {

const char *const Worker = R"(
func @Worker(%wg: counter alias) {
entry:
  done %wg
  return
}
func @Nothing() {
entry:
  return
}
func @Thrower() {
entry:
  throw
}
)";

TEST(Counters, AWaitEndsAtZero) {
  EXPECT_THAT(faults(withMain("wait %wg\nreturn")), IsEmpty());
  EXPECT_THAT(faults(withMain("add %wg, 1\nwait %wg\nreturn")),
              ElementsAre("deadlock: 'main', wg"));
  EXPECT_THAT(faults(withMain(
                  "add %wg, 1\nspawn @Worker(%wg)\nwait %wg\nreturn", Worker)),
              IsEmpty());
  EXPECT_THAT(faults(withMain("add %wg, 2\nspawn @Worker(%wg)\nwait %wg\n"
                              "return",
                              Worker)),
              ElementsAre("deadlock: 'main', wg"));
}

TEST(Counters, BelowZero) {
  EXPECT_THAT(faults(withMain("done %wg\nreturn")),
              ElementsAre("negative: 'main', wg"));
  EXPECT_THAT(faults(withMain("add %wg, 1\nspawn @Worker(%wg)\n"
                              "spawn @Worker(%wg)\nreturn",
                              Worker)),
              ElementsAre("negative: task 'Worker', wg"));
}

TEST(Counters, ACountedTaskCountsDownAtItsEndEvenByException) {
  for (const char *Task : {"@Nothing", "@Thrower"})
    EXPECT_THAT(faults(withMain(std::string("add %wg, 1\nspawn ") + Task +
                                    "() with %wg\nwait %wg\nreturn",
                                Worker)),
                IsEmpty());
}

TEST(Counters, AnUnknownAmountConcludesNothing) {
  EXPECT_THAT(faults(withMain("add %wg, %i\nwait %wg\nreturn")), IsEmpty());
}

TEST(Joins, ThroughTheHandle) {
  EXPECT_THAT(
      faults(withMain("spawn thread %t @Nothing()\njoin %t\nreturn", Worker)),
      IsEmpty());
  const char *Blocked = R"(
func @Blocked(%x: channel alias) {
entry:
  recv %x
  return
}
)";
  EXPECT_THAT(faults(withMain("spawn thread %t @Blocked(%c)\njoin %t\n"
                              "close %c\nreturn",
                              Blocked)),
              ElementsAre("deadlock: 'main', t", "leak: task 'Blocked', x"));
  EXPECT_THAT(faults(withMain("spawn thread %t @Blocked(%c)\nclose %c\n"
                              "join %t\nreturn",
                              Blocked)),
              IsEmpty());
}

TEST(Joins, ADestructorThatJoins) {
  const char *Blocked = R"(
func @Blocked(%x: channel alias) {
entry:
  recv %x
  return
}
)";
  const char *Rest = "\n}\n%jt = local task joins-at-end in @main\n"
                     "func @other() {\nreturn";
  EXPECT_THAT(faults(withMain(std::string("spawn thread %jt @Blocked(%c)\n"
                                          "end %jt\nclose %c\nreturn") +
                                  Rest,
                              Blocked)),
              ElementsAre("deadlock: 'main', jt", "leak: task 'Blocked', x"));
}

TEST(Joins, ThreadsInAContainer) {
  const char *Sender = R"(
func @Sender(%x: channel alias) {
entry:
  send %x
  return
}
)";
  const char *Rest = "\n}\n%ts = local in @main\n%ts[] = element task of %ts\n"
                     "func @other() {\nreturn";
  // All are joined before the close.
  EXPECT_THAT(faults(withMain(std::string("spawn thread %ts[] @Sender(%d)\n"
                                          "spawn thread %ts[] @Sender(%d)\n"
                                          "join %ts[]\nclose %d\nreturn") +
                                  Rest,
                              Sender)),
              IsEmpty());
  EXPECT_THAT(faults(withMain(std::string("spawn thread %ts[] @Sender(%d)\n"
                                          "spawn thread %ts[] @Sender(%d)\n"
                                          "close %d\njoin %ts[]\nreturn") +
                                  Rest,
                              Sender)),
              ElementsAre("send on closed: task 'Sender', x"));
}

TEST(Locks, ExcludeOneAnother) {
  EXPECT_THAT(faults(withMain("lock %mu\nlock %mu\nreturn")),
              ElementsAre("deadlock: 'main', mu"));
  EXPECT_THAT(faults(withMain("lock %mu\nunlock %mu\nlock %mu\nreturn")),
              IsEmpty());
  EXPECT_THAT(faults(withMain("lock shared %mu\nlock shared %mu\nreturn")),
              IsEmpty());
  EXPECT_THAT(faults(withMain("lock shared %mu\nlock %mu\nreturn")),
              ElementsAre("deadlock: 'main', mu"));
  EXPECT_THAT(faults(withMain("lock %mu\ntry-lock %mu -> %i\n"
                              "br %i == 0, a, b\na:\nreturn\n"
                              "b:\nrecv %c\nreturn")),
              IsEmpty());
}

TEST(Locks, GuardsReleaseWhatTheyHold) {
  EXPECT_THAT(faults(withMain("guard-make %g, %mu\nguard-end %g\n"
                              "lock %mu\nreturn")),
              IsEmpty());
  EXPECT_THAT(faults(withMain("guard-make %g, %mu\nlock %mu\nreturn")),
              ElementsAre("deadlock: 'main', mu"));
  EXPECT_THAT(faults(withMain("guard-make defer %g, %mu\nlock %mu\nreturn")),
              IsEmpty());
  EXPECT_THAT(faults(withMain("lock %mu\nguard-make adopt %g, %mu\n"
                              "guard-end %g\nlock %mu\nreturn")),
              IsEmpty());
  EXPECT_THAT(faults(withMain("guard-make %g, %mu\nguard-unlock %g\n"
                              "lock %mu\nunlock %mu\nguard-lock %g\n"
                              "guard-end %g\nreturn")),
              IsEmpty());
  EXPECT_THAT(faults(withMain("guard-make %g, %mu\nguard-release %g\n"
                              "guard-end %g\nlock %mu\nreturn")),
              ElementsAre("deadlock: 'main', mu"));
}

const char *const LockOrder = R"(
func @AB(%a: lock alias, %b: lock alias, %wg: counter alias) {
entry:
  lock %a
  lock %b
  unlock %b
  unlock %a
  done %wg
  return
}
)";

TEST(Locks, OppositeOrders) {
  const char *Rest = "\n}\n%nu = local lock in @main\n"
                     "func @other() {\nreturn";
  EXPECT_THAT(faults(withMain(std::string("add %wg, 2\n"
                                          "spawn @AB(%mu, %nu, %wg)\n"
                                          "spawn @AB(%nu, %mu, %wg)\n"
                                          "wait %wg\nreturn") +
                                  Rest,
                              LockOrder)),
              ElementsAre("deadlock: 'main', wg"));
  EXPECT_THAT(faults(withMain(std::string("add %wg, 2\n"
                                          "spawn @AB(%mu, %nu, %wg)\n"
                                          "spawn @AB(%mu, %nu, %wg)\n"
                                          "wait %wg\nreturn") +
                                  Rest,
                              LockOrder)),
              IsEmpty());
}

TEST(Once, CallsOnce) {
  const char *Rest = R"(
}
%once = local once in @main
func @main::lambda() lambda parent @main {
entry:
  close %c
  return
}
func @other() {
return)";
  EXPECT_THAT(faults(withMain(std::string("once %once @main::lambda()\n"
                                          "once %once @main::lambda()\n"
                                          "return") +
                              Rest)),
              IsEmpty());
  EXPECT_THAT(faults(withMain(std::string("once %once @main::lambda()\n"
                                          "close %c\nreturn") +
                              Rest)),
              ElementsAre("close of closed: 'main', c"));
}

} // namespace
