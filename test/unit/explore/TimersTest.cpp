//===- TimersTest.cpp - What is sent and called after a while -------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "Explored.h"

using namespace heddle::explore;

namespace {

TEST(Timers, FireLaterOrAreStopped) {
  const char *Functions = R"(
func @Fire(%x: channel alias) {
entry:
  close %x
  return
}
)";
  const char *Rest = "\n}\n%timer = local timer in @main\n"
                     "func @other() {\nreturn";
  EXPECT_THAT(faults(withMain(std::string("spawn timer %timer @Fire(%c)\n"
                                          "recv %c\nreturn") +
                                  Rest,
                              Functions)),
              IsEmpty());
  EXPECT_THAT(faults(withMain(std::string("spawn timer %timer @Fire(%c)\n"
                                          "cancel %timer\nrecv %c\nreturn") +
                                  Rest,
                              Functions)),
              ElementsAre("deadlock: 'main', c"));
}

const char *const Once = "make timed %timer, 1\n";
const char *const Again = "make timed %timer\n";
const char *const WithTimer = "\n}\n%timer = local timer in @main\n"
                              "%in_time = temp value in @main\n"
                              "func @other() {\nreturn";

std::vector<std::string> timed(const std::string &Body) {
  return faults(withMain(Body + WithTimer));
}

TEST(Timers, GiveATimeOnceOrAgainAndAgain) {
  EXPECT_THAT(timed(std::string(Once) + "recv %timer\nreturn"), IsEmpty());
  EXPECT_THAT(timed(std::string(Once) + "recv %timer\nrecv %timer\nreturn"),
              ElementsAre("deadlock: 'main', timer"));
  EXPECT_THAT(timed(std::string(Again) + "recv %timer\nrecv %timer\nreturn"),
              IsEmpty());
}

TEST(Timers, StoppedTheyGiveNone) {
  for (const char *Kind : {Once, Again})
    EXPECT_THAT(timed(std::string(Kind) + "cancel %timer\nrecv %timer\nreturn"),
                ElementsAre("deadlock: 'main', timer"));
}

TEST(Timers, StartedAgainTheyDo) {
  EXPECT_THAT(timed(std::string(Once) + "recv %timer\ncancel timed %timer\n"
                                        "recv %timer\nreturn"),
              IsEmpty());
}

TEST(Timers, StoppingTellsWhetherItCameInTime) {
  std::string Drain = "cancel %timer -> %in_time\n"
                      "br (%in_time == 1), over, drain\n"
                      "drain:\nrecv %timer\nreturn\nover:\nreturn";
  EXPECT_THAT(timed(Once + Drain), IsEmpty());
  EXPECT_THAT(timed(std::string(Once) + "recv %timer\n" + Drain),
              ElementsAre("deadlock: 'main', timer"));
}

TEST(Timers, WhoTriesMayBeEarly) {
  // The time may not have come, and may be there: both ways are gone.
  EXPECT_THAT(timed(std::string(Once) +
                    "try-recv %timer -> %in_time\n"
                    "br (%in_time == 0), got, missed\n"
                    "got:\nrecv %timer\nreturn\nmissed:\nrecv %timer\nreturn"),
              ElementsAre("deadlock: 'main', timer"));
}

} // namespace
