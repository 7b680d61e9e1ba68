// Selects among others that use the same channels at the same time: one case runs, of
// channels that were ready at one moment, and nothing is lost.
#include <array>
#include <atomic>
#include <vector>

#include "unit/everywhere.h"

namespace heddle {
namespace {

HEDDLE_EVERYWHERE(SelectRaceTest);

// `first` is ready until after `second` is: at every moment one of them.
void NeverBothEmpty(const std::function<void(const Channel<int>& second)>& make_ready) {
  for (int i = 0; i < 500; ++i) {
    Channel<int> first(1);
    Channel<int> second(1);
    first.Send(1);
    WaitGroup wg;
    wg.Go([&] { EXPECT_NE(Select(OnRecv(first), OnRecv(second), OnDefault()), 2); });
    make_ready(second);
    first.TryRecv();
    wg.Wait();
  }
}

TEST_P(SelectRaceTest, DefaultIsNotTakenWhileOneIsReadyByASend) {
  Body([] { NeverBothEmpty([](const Channel<int>& c) { c.Send(1); }); });
}

TEST_P(SelectRaceTest, DefaultIsNotTakenWhileOneIsReadyByAClose) {
  Body([] { NeverBothEmpty([](const Channel<int>& c) { c.Close(); }); });
}

TEST_P(SelectRaceTest, BothWaysOnOneChannelNeverMeetItself) {
  Body([] {
    for (std::size_t capacity : {0, 10}) {
      Channel<int> c(capacity);
      WaitGroup wg;
      for (int me = 0; me < 2; ++me) {
        wg.Go([=] {
          auto check = [&](std::optional<int> v) {
            // Without a buffer a value is the other's.
            if (capacity == 0) {
              EXPECT_NE(v, me);
            }
          };
          for (int i = 0; i < 500; ++i) {
            if (me == 0 || i % 2 == 0) {
              Select(OnSend(c, me), OnRecv(c, check));
            } else {
              Select(OnRecv(c, check), OnSend(c, me));
            }
          }
        });
      }
      wg.Wait();
    }
  });
}

// Per channel: one plain sender and receiver, and a select over all on either side. Each
// sends or receives kEach on every channel, so the sums agree and all end.
TEST_P(SelectRaceTest, PlainAndSelectedOperationsAddUp) {
  Body([] {
    constexpr int kEach = 300;
    const std::array<Channel<int>, 4> c = {Channel<int>(), Channel<int>(), Channel<int>(2),
                                           Channel<int>(3)};
    std::atomic<int> received{0};
    WaitGroup wg;
    for (const Channel<int>& one : c) {
      wg.Go([=] {
        for (int i = 0; i < kEach; ++i) one.Send(1);
      });
      wg.Go([=, &received] {
        for (int i = 0; i < kEach; ++i) received += one.Recv().value();
      });
    }
    auto done_when_full = [](std::array<Channel<int>, 4>& left, std::array<int, 4>& n, int which) {
      const auto at = static_cast<std::size_t>(which);
      if (++n[at] == kEach) left[at] = Channel<int>::Nil();
    };
    wg.Go([c, done_when_full] {
      auto left = c;
      std::array<int, 4> n{};
      for (int i = 0; i < 4 * kEach; ++i) {
        const int which =
            Select(OnSend(left[3], 1), OnSend(left[2], 1), OnSend(left[0], 1), OnSend(left[1], 1));
        done_when_full(left, n, std::array{3, 2, 0, 1}[static_cast<std::size_t>(which)]);
      }
    });
    wg.Go([c, done_when_full, &received] {
      auto left = c;
      std::array<int, 4> n{};
      auto take = [&](std::optional<int> v) { received += v.value(); };
      for (int i = 0; i < 4 * kEach; ++i) {
        done_when_full(left, n,
                       Select(OnRecv(left[0], take), OnRecv(left[1], take), OnRecv(left[2], take),
                              OnRecv(left[3], take)));
      }
    });
    wg.Wait();
    EXPECT_EQ(received, 2 * 4 * kEach);
    for (const Channel<int>& one : c) EXPECT_EQ(one.Len(), 0u);
  });
}

// Were two cases of one select to run, a number would arrive twice.
TEST_P(SelectRaceTest, OneCaseOfASelectRuns) {
  Body([] {
    constexpr int kValues = 2000;
    const std::array<Channel<int>, 4> c{};
    const Channel<int> merged;
    WaitGroup forwarders;
    for (const Channel<int>& one : c) {
      forwarders.Go([one, merged] {
        for (int v : one) merged.Send(v);
      });
    }
    WaitGroup wg;
    wg.Go([&] {
      for (int i = 0; i < kValues; ++i) {
        Select(OnSend(c[0], i), OnSend(c[1], i), OnSend(c[2], i), OnSend(c[3], i));
      }
      for (const Channel<int>& one : c) one.Close();
      forwarders.Wait();
      merged.Close();
    });
    std::vector<int> times(kValues);
    for (int v : merged) ++times[static_cast<std::size_t>(v)];
    wg.Wait();
    for (int i = 0; i < kValues; ++i) ASSERT_EQ(times[static_cast<std::size_t>(i)], 1) << i;
  });
}

TEST_P(SelectRaceTest, EitherOfTwoSendsOnOneChannelIsChosen) {
  Body([] {
    constexpr int kRounds = 200;
    for (std::size_t capacity : {0, kRounds}) {
      Channel<int> c(capacity);
      int ones = 0;
      WaitGroup wg;
      wg.Go([&] {
        for (int i = 0; i < kRounds; ++i) {
          Yield();
          ones += c.Recv().value();
        }
      });
      for (int i = 0; i < kRounds; ++i) Select(OnSend(c, 1), OnSend(c, 0));
      wg.Wait();
      EXPECT_GT(ones, kRounds / 10);
      EXPECT_LT(ones, kRounds - kRounds / 10);
    }
  });
}

// A closed channel wakes every select that waits for it, whatever else they wait for.
TEST_P(SelectRaceTest, CloseReachesEverySelect) {
  Body([] {
    for (int round = 0; round < 20; ++round) {
      Channel<int> stop;
      Channel<int> no_sender;
      Channel<int> no_receiver;
      std::atomic<int> stopped{0};
      WaitGroup wg;
      for (int t = 0; t < 10; ++t) {
        wg.Go([&, t] {
          const int which = t % 2 == 0 ? Select(OnRecv(stop), OnRecv(no_sender))
                                       : 1 - Select(OnSend(no_receiver, 1), OnRecv(stop));
          stopped += which == 0;
        });
      }
      if (round % 2 == 0) AwaitParked(WaitReason::kSelect, 10);
      stop.Close();
      wg.Wait();
      EXPECT_EQ(stopped, 10);
    }
  });
}

}  // namespace
}  // namespace heddle
