// Timers and tickers under use from several sides: stopped, moved, shared, at the limits.
#include <atomic>
#include <functional>
#include <random>
#include <vector>

#include "unit/everywhere.h"

namespace heddle {
namespace {

using namespace std::chrono_literals;

HEDDLE_EVERYWHERE(TimerTest);

TEST_P(TimerTest, ACallMayStartTheNext) {
  Body([] {
    Channel<Unit> over;
    std::atomic<int> left{10};
    std::function<void()> call = [&] {
      if (left-- > 0) {
        Timer::AfterFunc(0ns, call);
        Sleep(1ms);  // does not hold up the next one
      } else {
        over.Send({});
      }
    };
    Timer::AfterFunc(0ns, call);
    over.Recv();
    EXPECT_EQ(left, -1);
    AwaitTrue([] { return CountParked(WaitReason::kSleep) == 0; });
  });
}

// Two that keep each other running do not keep a timer's goroutine from running, with one
// worker neither.
TEST_P(TimerTest, BusyGoroutinesDoNotStarveACall) {
  Body([] {
    std::atomic<bool> stop{false};
    Channel<bool> c(1);
    WaitGroup wg;
    wg.Go([&] {
      while (!stop) c.Send(true);
      c.Close();
    });
    wg.Go([&] {
      for ([[maybe_unused]] bool v : c) {
      }
    });
    Timer::AfterFunc(1us, [&] { stop = true; });
    wg.Wait();
  });
}

TEST_P(TimerTest, AStoppedOneDoesNothing) {
  Body([] {
    std::atomic<bool> called{false};
    Timer timer(5ms);
    Timer call = Timer::AfterFunc(5ms, [&] { called = true; });
    const bool in_time = timer.Stop();
    const bool call_in_time = call.Stop();
    EXPECT_FALSE(call.Stop());
    After(10ms).Recv();
    EXPECT_EQ(timer.C().Len(), 0u);
    EXPECT_TRUE(in_time);  // also on a slow machine: nobody has received it
    EXPECT_EQ(called, !call_in_time);
  });
}

TEST_P(TimerTest, ManyCallsStoppedInTime) {
  Body([] {
    std::atomic<int> called{0};
    WaitGroup wg;
    for (int i = 0; i < 100; ++i) {
      wg.Go([&] {
        Timer timer = Timer::AfterFunc(1h, [&] { ++called; });
        Sleep(1us);
        EXPECT_TRUE(timer.Stop());
      });
    }
    wg.Wait();
    EXPECT_EQ(called, 0);
  });
}

// Nobody has received its time, so Stop and Reset take it back, however they meet the
// timer's own thread.
TEST_P(TimerTest, StopAndResetOfAnUnreceivedOneSaySo) {
  Body([] {
    WaitGroup wg;
    for (int t = 0; t < 20; ++t) {
      wg.Go([t] {
        for (int i = 0; i < 20; ++i) {
          Timer a(50us);
          Timer b(50us);
          Timer& other = Select(OnRecv(a.C()), OnRecv(b.C())) == 0 ? b : a;
          EXPECT_TRUE(t % 2 == 0 ? other.Stop() : other.Reset(1h));
          EXPECT_EQ(other.C().TryRecv().state, RecvState::kEmpty);
          EXPECT_EQ(other.Stop(), t % 2 != 0);
        }
      });
    }
    wg.Wait();
  });
}

TEST_P(TimerTest, AReceivedOneCannotBeStopped) {
  Body([] {
    for (int i = 0; i < 20; ++i) {
      Timer timer(1us);
      timer.C().Recv();
      EXPECT_FALSE(i % 2 == 0 ? timer.Stop() : timer.Reset(1h));
      timer.Stop();
    }
  });
}

TEST_P(TimerTest, ResetMovesItWhoeverWaits) {
  Body([] {
    Timer timer(10000h);
    WaitGroup wg;
    Channel<Unit> stop;
    std::atomic<int> received{0};
    for (int t = 0; t < 2; ++t) {
      wg.Go([&] { Select(OnRecv(timer.C(), [&](auto) { ++received; }), OnRecv(stop)); });
    }
    AwaitParked(WaitReason::kSelect, 2);
    EXPECT_TRUE(timer.Reset(20000h));
    EXPECT_EQ(CountParked(WaitReason::kSelect), 2);
    EXPECT_TRUE(timer.Reset(1us));
    AwaitTrue([&] { return received == 1; });
    EXPECT_FALSE(timer.Stop());
    stop.Close();
    wg.Wait();
    EXPECT_EQ(received, 1);

    // Those who wait for a stopped one get nothing.
    wg.Go([&] { EXPECT_EQ(Select(OnRecv(timer.C()), OnTimeout(1ms)), 1); });
    wg.Wait();
  });
}

TEST_P(TimerTest, NothingOldIsReceivedFromATicker) {
  Body([] {
    Ticker ticker(10000h);
    ticker.Reset(1us);
    AwaitTrue([&] { return ticker.C().Len() == 1; });
    ticker.Reset(10000h);
    EXPECT_EQ(ticker.C().TryRecv().state, RecvState::kEmpty);
    ticker.Reset(1us);
    ticker.C().Recv();
    ticker.C().Recv();  // it goes on
    ticker.Stop();
    ticker.Stop();
    EXPECT_EQ(ticker.C().TryRecv().state, RecvState::kEmpty);
    ticker.Reset(1us);  // and again after Stop
    ticker.C().Recv();
    Ticker moved = std::move(ticker);
    moved.C().Recv();
  });
}

TEST_P(TimerTest, ATickersRateFollowsReset) {
  Body([] {
    Ticker ticker(500us);
    const auto start = std::chrono::steady_clock::now();
    for (int i = 0; i < 4; ++i) ticker.C().Recv();
    ticker.Reset(2ms);
    for (int i = 0; i < 4; ++i) ticker.C().Recv();
    EXPECT_GE(std::chrono::steady_clock::now() - start, 3 * 500us + 4 * 2ms);
  });
}

TEST_P(TimerTest, ManyReceiveFromOneTicker) {
  Body([] {
    Ticker ticker(1us);
    WaitGroup wg;
    for (int t = 0; t < 10; ++t) {
      wg.Go([&] {
        for (int i = 0; i < 20; ++i) Select(OnRecv(ticker.C()), OnRecv(After(1ms)));
      });
    }
    wg.Wait();
  });
}

TEST_P(TimerTest, ManyResetOneTimer) {
  Body([] {
    Timer timer(1ns);
    WaitGroup wg;
    for (int t = 0; t < 4; ++t) {
      wg.Go([&] {
        for (int i = 0; i < 300; ++i) {
          timer.C().TryRecv();
          timer.Reset(1ns);
        }
      });
    }
    wg.Wait();
    timer.C().Recv();
  });
}

TEST_P(TimerTest, NoTimeIsMissed) {
  Body([] {
    Timer again(1h);
    again.Stop();
    for (int i = 0; i < 300; ++i) {
      Timer(0ns).C().Recv();
      again.Reset(0ns);
      again.C().Recv();
      Sleep(0ns);
    }
  });
}

TEST_P(TimerTest, MovedIntoThePastItFires) {
  Body([] {
    for (int i = 0; i < 100; ++i) {
      Channel<Unit> fired(1);
      Timer timer = Timer::AfterFunc(1h, [fired] { fired.Send({}); });
      for (int j = 0; j < 10; ++j) {
        if (!timer.Stop()) fired.Recv();
        timer.Reset(-10000h);
      }
      fired.Recv();
    }
  });
}

// A hundred timers, each through its own list of moves, in a random order.
TEST_P(TimerTest, MovedToAndFroNoneIsLost) {
  Body([] {
    std::minstd_rand random(3);
    struct One {
      Channel<Unit> fired{1};
      Timer timer;
      int step = 0;
      One() : timer(Timer::AfterFunc(0ns, [fired = fired] { fired.Send({}); })) {}
    };
    std::vector<One> all(100);
    while (!all.empty()) {
      One& one = all[random() % all.size()];
      switch (one.step++) {
        case 0:
        case 8:
          one.fired.Recv();
          break;
        case 1:
        case 3:
        case 5:
          EXPECT_FALSE(one.timer.Reset(std::chrono::minutes(1 + random() % 3)));
          break;
        case 2:
        case 4:
        case 6:
          EXPECT_TRUE(one.timer.Stop());
          break;
        case 7:
          EXPECT_FALSE(one.timer.Reset(0ns));
          break;
        default:
          std::swap(one, all.back());
          all.pop_back();
      }
    }
  });
}

TEST_P(TimerTest, TimesBeyondTheClockNeverCome) {
  Body([] {
    constexpr auto kBig = std::chrono::nanoseconds::max();
    constexpr auto kPast = std::chrono::nanoseconds::min();
    Timer timer(kBig);
    Ticker ticker(kBig);
    Ticker reset(1h);
    reset.Reset(kBig);
    Channel<int> never;
    EXPECT_EQ(Select(OnRecv(timer.C()), OnRecv(ticker.C()), OnRecv(reset.C()), OnTimeout(kBig),
                     OnRecv(never), OnTimeout(2ms)),
              5);
    EXPECT_TRUE(timer.Reset(kPast));
    timer.C().Recv();
    Sleep(kPast);
    After(kPast).Recv();
    EXPECT_EQ(Select(OnRecv(never), OnTimeout(kPast)), 1);
    for (const auto& past :
         {WithTimeout(Background(), kPast), WithDeadline(Background(), TimePoint::min())}) {
      EXPECT_EQ(past.ctx.Err(), ContextError::kDeadlineExceeded);
    }
  });
}

// Not the time at which it is received.
TEST_P(TimerTest, TheTimeIsThatOfTheEvent) {
  Body([] {
    Timer timer(100us);
    Ticker ticker(100us);
    AwaitTrue([&] { return timer.C().Len() == 1 && ticker.C().Len() == 1; });
    const TimePoint seen = std::chrono::steady_clock::now();
    Sleep(2ms);
    EXPECT_LE(timer.C().Recv(), seen);
    EXPECT_LE(ticker.C().Recv(), seen);  // later ticks found the channel full
  });
}

TEST_P(TimerTest, SleepersInTheirThousands) {
  Body([] {
    WaitGroup wg;
    std::atomic<int> woken{0};
    for (int i = 0; i < 1000; ++i) {
      wg.Go([&, i] {
        Sleep(std::chrono::microseconds(i % 50));
        ++woken;
      });
    }
    wg.Wait();
    EXPECT_EQ(woken, 1000);
  });
}

}  // namespace
}  // namespace heddle
