// After, Timer, Ticker.
#include <atomic>
#include <memory>

#include "unit/everywhere.h"

namespace heddle {
namespace {

using namespace std::chrono_literals;

HEDDLE_EVERYWHERE(TimeTest);

TEST_P(TimeTest, AfterSendsOnce) {
  Body([] {
    const auto start = std::chrono::steady_clock::now();
    RecvChannel<TimePoint> c = After(1ms);
    const TimePoint at = c.Recv().value();
    EXPECT_GE(at - start, 1ms);
    EXPECT_EQ(c.TryRecv().state, RecvState::kEmpty);
  });
}

TEST_P(TimeTest, StopPreventsAndSaysSo) {
  Body([] {
    Timer timer(1h);
    EXPECT_TRUE(timer.Stop());
    EXPECT_FALSE(timer.Stop());
    EXPECT_FALSE(timer.Reset(1us));
    timer.C().Recv();
    EXPECT_FALSE(timer.Stop());
  });
}

TEST_P(TimeTest, NothingFromBeforeStopIsReceived) {
  Body([] {
    Timer timer(1us);
    AwaitTrue([&] { return timer.C().Len() == 1; });
    EXPECT_TRUE(timer.Stop());  // nobody has received it
    EXPECT_EQ(timer.C().TryRecv().state, RecvState::kEmpty);
    timer.Reset(1us);
    AwaitTrue([&] { return timer.C().Len() == 1; });
    EXPECT_TRUE(timer.Reset(1h));
    EXPECT_EQ(timer.C().Len(), 0u);
    timer.Stop();
  });
}

TEST_P(TimeTest, AfterFuncRunsInAGoroutine) {
  Body([] {
    Channel<std::uint64_t> id;
    Timer timer =
        Timer::AfterFunc(1us, [id, owner = std::make_unique<int>(1)] { id.Send(GoroutineId()); });
    EXPECT_NE(id.Recv().value(), 0u);
    EXPECT_FALSE(timer.C());
    EXPECT_FALSE(timer.Stop());
    EXPECT_FALSE(timer.Reset(1us));
    id.Recv();
  });
}

TEST_P(TimeTest, HandleMayBeDroppedInTheCallback) {
  Body([] {
    for (int i = 0; i < 50; ++i) {
      Channel<Unit> done;
      Mutex mu;
      std::unique_ptr<Timer> timer;
      {
        MutexLock lock(mu);
        timer = std::make_unique<Timer>(Timer::AfterFunc(1us, [&, done] {
          {
            MutexLock lock(mu);
            timer.reset();
          }
          done.Close();
        }));
      }
      done.Recv();
    }
    Channel<Unit> called(1);
    Timer::AfterFunc(1us, [called] { called.Send({}); });
    called.Recv();
  });
}

TEST_P(TimeTest, TickerTicksUntilStopped) {
  Body([] {
    Ticker ticker(200us);
    for (int i = 0; i < 3; ++i) ticker.C().Recv();
    ticker.Reset(100us);
    ticker.C().Recv();
    ticker.Stop();
    EXPECT_EQ(ticker.C().Len(), 0u);
    EXPECT_PANIC(Ticker(0ns), "non-positive interval for NewTicker");
    EXPECT_PANIC(ticker.Reset(-1ns), "non-positive interval for Ticker.Reset");
  });
}

TEST_P(TimeTest, ManySleepersWakeInOrder) {
  Body([] {
    Channel<int> order(20);
    WaitGroup wg;
    for (int i = 20; i-- > 0;) {
      wg.Go([i, order] {
        Sleep(i * 2ms + 1ms);
        order.Send(i);
      });
    }
    wg.Wait();
    int ascending = 0;
    for (int i = 0, before = -1; i < 20; ++i) {
      const int v = order.Recv().value();
      ascending += v > before;
      before = v;
    }
    EXPECT_GE(ascending, 15);  // a busy machine may start one late or wake two at a time
  });
}

}  // namespace
}  // namespace heddle
