// Deadlines of connections and listeners.
#include <heddle/net.h>

#include <atomic>
#include <string>

#include "unit/net_peers.h"

namespace heddle {
namespace {

using namespace std::chrono_literals;

HEDDLE_EVERYWHERE(NetDeadlineTest);

TEST_P(NetDeadlineTest, EndsAReadThatWaits) {
  Body([] {
    auto [here, there] = TcpPeers();
    const auto start = std::chrono::steady_clock::now();
    EXPECT_FALSE(here.SetReadDeadline(start + 5ms));
    char buffer[8];
    EXPECT_EQ(here.Read(buffer).error, NetError::kTimeout);
    EXPECT_GE(std::chrono::steady_clock::now() - start, 5ms);
    // It stays until it is moved, even with bytes there.
    EXPECT_FALSE(there.Write("late").error);
    EXPECT_EQ(here.Read(buffer).error, NetError::kTimeout);
    EXPECT_FALSE(here.Write("the other side is free").error);
    EXPECT_FALSE(here.SetReadDeadline(kNoDeadline));
    EXPECT_EQ(ReadAll(here, 4), "late");
  });
}

TEST_P(NetDeadlineTest, InThePastEndsItAtOnce) {
  Body([] {
    auto [here, there] = TcpPeers();
    EXPECT_FALSE(here.SetDeadline(-1s));
    char buffer[8];
    EXPECT_EQ(here.Read(buffer).error, NetError::kTimeout);
    EXPECT_EQ(here.Write("x").error, NetError::kTimeout);
  });
}

TEST_P(NetDeadlineTest, SetByAnotherEndsAWaitUnderWay) {
  Body([] {
    auto [here, there] = TcpPeers();
    for (const std::chrono::nanoseconds d : {-1ns, 1000000ns}) {
      EXPECT_FALSE(here.SetReadDeadline(1h));
      WaitGroup wg;
      std::atomic<bool> reading{false};
      wg.Go([&, here = here] {
        reading = true;
        char buffer[8];
        EXPECT_EQ(here.Read(buffer).error, NetError::kTimeout);
      });
      AwaitTrue([&] { return reading.load(); });
      Sleep(1ms);
      EXPECT_FALSE(here.SetReadDeadline(d));
      wg.Wait();
    }
  });
}

TEST_P(NetDeadlineTest, MovedAwayInTimeItDoesNotCome) {
  Body([] {
    // A busy machine may be late: then again, with more time.
    bool in_time = false;
    for (std::chrono::nanoseconds first = 10ms; !in_time; first *= 2) {
      auto [here, there] = TcpPeers();
      const TimePoint end = std::chrono::steady_clock::now() + first;
      EXPECT_FALSE(here.SetReadDeadline(end));
      std::string got;
      WaitGroup wg;
      wg.Go([&got, here = here] { got = ReadAll(here, 2); });
      AwaitTrue([&] {
        return CountParked(WaitReason::kIo) == 1 || std::chrono::steady_clock::now() >= end;
      });
      EXPECT_FALSE(here.SetReadDeadline(1h));
      in_time = std::chrono::steady_clock::now() < end;
      Sleep(end + 5ms - std::chrono::steady_clock::now());
      EXPECT_FALSE(there.Write("ok").error);
      wg.Wait();
      if (in_time) {
        EXPECT_EQ(got, "ok");
      }
      EXPECT_FALSE(here.SetReadDeadline(TimePoint::max()));
    }
  });
}

TEST_P(NetDeadlineTest, EndsAWriteAndSaysHowMuchWent) {
  Body([] {
    auto [here, there] = TcpPeers();
    Fill(here);
    EXPECT_FALSE(here.SetWriteDeadline(5ms));
    const auto [n, error] = here.Write(std::string(1 << 22, 'w'));
    EXPECT_EQ(error, NetError::kTimeout);
    EXPECT_LT(n, 1u << 22);
  });
}

TEST_P(NetDeadlineTest, EndsAnAccept) {
  Body([] {
    const auto [listener, error] = Listen("tcp", "127.0.0.1:0");
    ASSERT_FALSE(error);
    EXPECT_FALSE(listener.SetDeadline(3ms));
    EXPECT_EQ(listener.Accept().error, NetError::kTimeout);
    EXPECT_FALSE(listener.SetDeadline(kNoDeadline));
    const auto [conn, refused] = Dial("tcp", listener.Addr());
    EXPECT_FALSE(refused);
    EXPECT_FALSE(listener.Accept().error);
  });
}

// A deadline's timer must not find a connection that has its record later.
TEST_P(NetDeadlineTest, OfAClosedOneIsForgotten) {
  Body([] {
    for (int i = 0; i < 20; ++i) {
      auto [here, there] = TcpPeers();
      EXPECT_FALSE(here.SetDeadline(1ms));
      EXPECT_FALSE(here.Close());
      auto [after, peer] = TcpPeers();
      WaitGroup wg;
      wg.Go([after = after] { EXPECT_EQ(ReadAll(after, 1), "x"); });
      Sleep(2ms);
      EXPECT_FALSE(peer.Write("x").error);
      wg.Wait();
    }
  });
}

}  // namespace
}  // namespace heddle
