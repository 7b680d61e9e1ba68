//===- ChannelsTest.cpp - What send, receive, close and select mean -------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "Explored.h"

using namespace heddle::explore;

namespace {

const char *const Sender = R"(
func @Sender(%out: channel alias) {
entry:
  send %out
  return
}
)";
const char *const Receiver = R"(
func @Receiver(%in: channel alias) {
entry:
  recv %in
  return
}
)";
const char *const Ranger = R"(
func @Ranger(%in: channel alias) {
  %ok = local value
entry:
  recv %in -> %ok
  br %ok, entry, out
out:
  return
}
)";

TEST(Channels, AnUnbufferedSendNeedsAReceiver) {
  EXPECT_THAT(faults(withMain("send %c\nreturn")),
              ElementsAre("deadlock: 'main', c"));
  EXPECT_THAT(
      faults(withMain("spawn @Receiver(%c)\nsend %c\nreturn", Receiver)),
      IsEmpty());
  EXPECT_THAT(faults(withMain("spawn @Sender(%c)\nreturn", Sender)),
              ElementsAre("leak: task 'Sender', out"));
}

TEST(Channels, ABufferHasRoomForSoMany) {
  EXPECT_THAT(faults(withMain("send %d\nsend %d\nreturn")), IsEmpty());
  EXPECT_THAT(faults(withMain("send %d\nsend %d\nsend %d\nreturn")),
              ElementsAre("deadlock: 'main', d"));
  EXPECT_THAT(faults(withMain("send %d\nrecv %d\nrecv %d\nreturn")),
              ElementsAre("deadlock: 'main', d"));
}

TEST(Channels, ACloseEndsARangeAfterWhatWasSent) {
  EXPECT_THAT(
      faults(withMain("spawn @Ranger(%d)\nsend %d\nclose %d\nreturn", Ranger)),
      IsEmpty());
  EXPECT_THAT(faults(withMain("spawn @Ranger(%d)\nsend %d\nreturn", Ranger)),
              ElementsAre("leak: task 'Ranger', in"));
}

TEST(Channels, ResultsSayWhetherThereWasAValue) {
  // One value, then the end: the second receive gives 0.
  EXPECT_THAT(faults(withMain(R"(
  send %d
  close %d
  recv %d -> %i
  recv %d -> %j
  br %i == 1 && %j == 0, good, bad
good:
  return
bad:
  recv %c
  return)")),
              IsEmpty());
}

TEST(Channels, SendAfterClose) {
  EXPECT_THAT(faults(withMain("close %d\nsend %d\nreturn")),
              ElementsAre("send on closed: 'main', d"));
  EXPECT_THAT(faults(withMain("close %d\ntry-send %d\nreturn")),
              ElementsAre("send on closed: 'main', d"));
  // A send that waits while the channel is closed.
  EXPECT_THAT(faults(withMain("spawn @Sender(%c)\nclose %c\nreturn", Sender)),
              ElementsAre("send on closed: task 'Sender', out"));
  EXPECT_THAT(
      faults(withMain("spawn @Sender(%c)\nrecv %c\nclose %c\nreturn", Sender)),
      IsEmpty());
}

TEST(Channels, SecondClose) {
  EXPECT_THAT(faults(withMain("close %c\nclose %c\nreturn")),
              ElementsAre("close of closed: 'main', c"));
  EXPECT_THAT(faults(withMain("bind %c = %d\nclose %c\nclose %d\nreturn")),
              ElementsAre("close of closed: 'main', d"));
  // A new channel of the same name.
  EXPECT_THAT(faults(withMain("close %c\nmake %c, 0\nclose %c\nreturn")),
              IsEmpty());
}

TEST(Channels, ANilChannelBlocksForEver) {
  EXPECT_THAT(faults(withMain("make nil %c\nrecv %c\nreturn")),
              ElementsAre("deadlock: 'main', c"));
  EXPECT_THAT(faults(withMain("make nil %c\nclose %c\nreturn")),
              ElementsAre("close of closed: 'main', c"));
}

TEST(Channels, TryingNeverBlocks) {
  EXPECT_THAT(faults(withMain("try-send %c -> %i\nbr %i == 0, a, b\n"
                              "a:\nreturn\nb:\nsend %c\nreturn")),
              IsEmpty());
  // 0 is a value, 1 empty, 2 closed.
  EXPECT_THAT(faults(withMain(R"(
  try-recv %d -> %i
  br %i == 1, a, bad
a:
  send %d
  try-recv %d -> %i
  br %i == 0, b, bad
b:
  close %d
  try-recv %d -> %i
  br %i == 2, c, bad
c:
  return
bad:
  recv %c
  return)")),
              IsEmpty());
}

TEST(Channels, SelectTakesWhatIsReady) {
  const char *Body = R"(
  spawn @Sender(%c)
  select [
    recv %c: a
    recv %d: b
  ]
a:
  return
b:
  send %c
  return)";
  EXPECT_THAT(faults(withMain(Body, Sender)), IsEmpty());
}

TEST(Channels, SelectWithADefaultNeverBlocks) {
  EXPECT_THAT(
      faults(withMain("select [\nrecv %c: a\ndefault: a\n]\na:\nreturn")),
      IsEmpty());
  EXPECT_THAT(
      faults(withMain("select [\nrecv %c: a\ntimeout: a\n]\na:\nreturn")),
      IsEmpty());
  EXPECT_THAT(faults(withMain("select [\nrecv %c: a\nsend %c: a\n]\na:\n"
                              "return")),
              ElementsAre("deadlock: 'main', c"));
}

TEST(Channels, ASelectWithADefaultMissesWhoComesLater) {
  // The sender may come after the poll: it is left alone then.
  EXPECT_THAT(faults(withMain("spawn @Sender(%c)\nselect [\nrecv %c: a\n"
                              "default: a\n]\na:\nreturn",
                              Sender)),
              ElementsAre("leak: task 'Sender', out"));
}

TEST(Channels, ATimedReceiveGivesUp) {
  EXPECT_THAT(faults(withMain("recv timed %c -> %i\nreturn")), IsEmpty());
  EXPECT_THAT(
      faults(withMain("spawn @Sender(%c)\nrecv timed %c\nreturn", Sender)),
      ElementsAre("leak: task 'Sender', out"));
}

TEST(Channels, AServiceByDesignIsNoLeak) {
  const char *Service = R"(
func @Service(%in: channel alias) {
entry:
  recv %in
  jump entry
}
)";
  EXPECT_THAT(faults(withMain("spawn @Service(%c)\nsend %c\nreturn", Service)),
              IsEmpty());
}

TEST(Channels, ATickerDoesNotHideALeak) {
  const char *Ticker = R"(
func @Tick() {
entry:
  sleep
  jump entry
}
)";
  EXPECT_THAT(faults(withMain("spawn @Tick()\nspawn @Sender(%c)\nreturn",
                              std::string(Ticker) + Sender)),
              ElementsAre("leak: task 'Sender', out"));
}

TEST(Channels, AContextEndsItsChildren) {
  const char *Waiter = R"(
func @Waiter(%ctx: context alias) {
entry:
  recv %ctx
  return
}
)";
  auto Body = [](const char *Then) {
    return std::string(
               "derive %top\nderive %ctx, %top\nspawn @Waiter(%ctx)\n") +
           Then +
           "return\n}\n%top = local context in @main\n"
           "%ctx = local context in @main\nfunc @other() {\nreturn";
  };
  EXPECT_THAT(faults(withMain(Body("cancel %top\n"), Waiter)), IsEmpty());
  EXPECT_THAT(faults(withMain(Body(""), Waiter)),
              ElementsAre("leak: task 'Waiter', ctx"));
}

} // namespace
