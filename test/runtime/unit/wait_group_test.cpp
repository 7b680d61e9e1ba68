// WaitGroup.
#include <atomic>
#include <memory>
#include <string>
#include <thread>

#include "unit/everywhere.h"

namespace heddle {
namespace {

HEDDLE_EVERYWHERE(WaitGroupTest);

TEST_P(WaitGroupTest, WaitsForAll) {
  Body([] {
    WaitGroup wg;
    int sum[50] = {};
    for (int i = 0; i < 50; ++i) {
      wg.Add(1);
      go([&, i] {
        Yield();
        sum[i] = i;
        wg.Done();
      });
    }
    wg.Wait();
    for (int i = 0; i < 50; ++i) EXPECT_EQ(sum[i], i);
  });
}

TEST_P(WaitGroupTest, ZeroDoesNotWait) {
  Body([] {
    WaitGroup wg;
    wg.Wait();
    wg.Add(2);
    wg.Add(-2);
    wg.Wait();
  });
}

TEST_P(WaitGroupTest, ManyWaiters) {
  Body([] {
    WaitGroup gate;
    WaitGroup waiters;
    std::atomic<int> passed{0};
    gate.Add(1);
    for (int i = 0; i < 20; ++i) {
      waiters.Go([&] {
        gate.Wait();
        ++passed;
      });
    }
    EXPECT_EQ(passed, 0);
    gate.Done();
    waiters.Wait();
    EXPECT_EQ(passed, 20);
  });
}

TEST_P(WaitGroupTest, NegativeCounterPanicsAndChangesNothing) {
  Body([] {
    WaitGroup wg;
    EXPECT_PANIC(wg.Done(), "sync: negative WaitGroup counter");
    wg.Add(1);
    EXPECT_PANIC(wg.Add(-2), "sync: negative WaitGroup counter");
    wg.Done();
    wg.Wait();
  });
}

// Every worker but the caller's is busy, so that a waiter that is let go cannot run yet.
// What it says when it does; empty if a worker was retaken meanwhile and it ran at once.
std::string ReuseBeforeWaitHasReturned() {
  WaitGroup wg;
  WaitGroup others;
  std::string text;
  wg.Add(1);
  others.Go([&] {
    try {
      wg.Wait();
    } catch (const Panic& p) {
      text = p.what();
    }
  });
  AwaitParked(WaitReason::kWaitGroup, 1);
  const int busy = MaxProcs() - (GoroutineId() != 0 ? 1 : 0);
  std::atomic<int> started{0};
  std::atomic<bool> stop{false};
  for (int i = 0; i < busy; ++i) {
    others.Go([&] {
      ++started;
      while (!stop) std::this_thread::yield();
    });
  }
  AwaitTrue([&] { return started == busy; });
  wg.Done();
  wg.Add(1);
  stop = true;
  others.Wait();
  wg.Done();
  return text;
}

TEST_P(WaitGroupTest, ReuseBeforeWaitHasReturnedPanics) {
  Body([] {
    std::string text;
    for (int i = 0; i < 50 && text.empty(); ++i) text = ReuseBeforeWaitHasReturned();
    EXPECT_EQ(text, "sync: WaitGroup is reused before previous Wait has returned");
  });
}

TEST_P(WaitGroupTest, GoCallsDoneAfterAPanicIsReported) {
  Body([] {
    testing::internal::CaptureStderr();
    WaitGroup wg;
    wg.Go([] { panic("inside"); });
    wg.Wait();
    EXPECT_EQ(testing::internal::GetCapturedStderr().rfind("panic: inside\n", 0), 0u);
  });
}

TEST_P(WaitGroupTest, GoDestroysTheCallableBeforeDone) {
  Body([] {
    for (int i = 0; i < 200; ++i) {
      auto value = std::make_shared<int>(1);
      WaitGroup wg;
      wg.Go([value] {});
      wg.Wait();
      EXPECT_EQ(value.use_count(), 1);
    }
  });
}

TEST_P(WaitGroupTest, MayBeDestroyedAsSoonAsWaitReturns) {
  Body([] {
    for (int i = 0; i < 2000; ++i) {
      auto wg = std::make_unique<WaitGroup>();
      WaitGroup* raw = wg.get();
      wg->Add(2);
      go([raw] { raw->Done(); });
      go([raw] { raw->Done(); });
      wg->Wait();
      wg.reset();
    }
  });
}

TEST_P(WaitGroupTest, DestroyedTooEarlyIsReported) {
  Body([] {
    testing::internal::CaptureStderr();
    {
      WaitGroup wg;
      wg.Add(1);
    }
    EXPECT_EQ(testing::internal::GetCapturedStderr(),
              "heddle: misuse: WaitGroup destroyed before its counter was zero\n");
  });
}

// Two groups make a barrier, used again and again.
TEST_P(WaitGroupTest, ReusedAsABarrier) {
  Body([] {
    constexpr int kTasks = 16;
    WaitGroup arrived;
    WaitGroup may_leave;
    for (int round = 0; round < 8; ++round) {
      arrived.Add(kTasks);
      may_leave.Add(kTasks);
      Channel<Unit> left(kTasks);
      for (int t = 0; t < kTasks; ++t) {
        go([&arrived, &may_leave, left] {
          arrived.Done();
          may_leave.Wait();
          left.Send({});
        });
      }
      arrived.Wait();
      for (int t = 0; t < kTasks; ++t) {
        EXPECT_EQ(left.Len(), 0u);
        may_leave.Done();
      }
      for (int t = 0; t < kTasks; ++t) left.Recv();
    }
  });
}

TEST_P(WaitGroupTest, OneDoneTooManyPanicsAfterTheFact) {
  Body([] {
    WaitGroup wg;
    wg.Add(1);
    wg.Done();
    EXPECT_PANIC(wg.Done(), "sync: negative WaitGroup counter");
    wg.Wait();
  });
}

TEST_P(WaitGroupTest, WaitSeesWhatWasDone) {
  Body([] {
    for (int i = 0; i < 500; ++i) {
      WaitGroup wg;
      int first = 0;
      int second = 0;
      wg.Add(2);
      go([&] {
        first = 1;
        wg.Done();
      });
      go([&] {
        second = 1;
        wg.Done();
      });
      wg.Wait();
      EXPECT_EQ(first + second, 2);
    }
  });
}

TEST_P(WaitGroupTest, MayLieAnywhereInAnObject) {
  Body([] {
    struct Holder {
      char before = 0;
      WaitGroup wg;
      char after = 0;
    };
    Holder many[3];
    for (Holder& one : many) one.wg.Go([&one] { one.after = 1; });
    for (Holder& one : many) {
      one.wg.Wait();
      EXPECT_EQ(one.after, 1);
      EXPECT_EQ(one.before, 0);
    }
  });
}

}  // namespace
}  // namespace heddle
