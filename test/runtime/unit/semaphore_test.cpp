// Semaphore.
#include <atomic>
#include <memory>

#include "unit/everywhere.h"

namespace heddle {
namespace {

HEDDLE_EVERYWHERE(SemaphoreTest);

TEST_P(SemaphoreTest, Limits) {
  Body([] {
    Semaphore sem(3);
    std::atomic<int> inside{0};
    std::atomic<int> most{0};
    WaitGroup wg;
    for (int i = 0; i < 30; ++i) {
      wg.Go([&] {
        sem.Acquire();
        const int now = ++inside;
        int seen = most;
        while (now > seen && !most.compare_exchange_weak(seen, now)) {
        }
        Yield();
        --inside;
        sem.Release();
      });
    }
    wg.Wait();
    EXPECT_LE(most, 3);
    EXPECT_TRUE(sem.TryAcquire(3));
    EXPECT_FALSE(sem.TryAcquire());
  });
}

TEST_P(SemaphoreTest, ServesInOrder) {
  Body([] {
    Semaphore sem(2);
    sem.Acquire(2);
    WaitGroup wg;
    std::atomic<bool> big{false};
    wg.Go([&] {
      sem.Acquire(2);
      big = true;
      sem.Release(2);
    });
    sem.Release(1);
    // Until it waits, this takes the permit and gives it back; then it may not.
    AwaitTrue([&] {
      if (big || !sem.TryAcquire()) return true;
      sem.Release();
      return false;
    });
    EXPECT_FALSE(big);
    sem.Release(1);
    wg.Wait();
    EXPECT_TRUE(big);
  });
}

TEST_P(SemaphoreTest, MayBeDestroyedAsSoonAsAcquireReturns) {
  Body([] {
    for (int i = 0; i < 1000; ++i) {
      auto sem = std::make_unique<Semaphore>(0);
      Semaphore* raw = sem.get();
      go([raw] { raw->Release(); });
      sem->Acquire();
      sem.reset();
    }
  });
}

TEST_P(SemaphoreTest, WeightsNeverExceedTheTotal) {
  Body([] {
    constexpr int kTotal = 7;
    Semaphore sem(kTotal);
    std::atomic<int> out{0};
    WaitGroup wg;
    for (int weight = 0; weight < kTotal; ++weight) {
      wg.Go([&, weight] {
        for (int i = 0; i < 100; ++i) {
          sem.Acquire(weight);
          EXPECT_LE(out += weight, kTotal);
          if (i % 10 == 0) Yield();
          out -= weight;
          sem.Release(weight);
        }
      });
    }
    wg.Wait();
    EXPECT_TRUE(sem.TryAcquire(kTotal));
  });
}

TEST_P(SemaphoreTest, TryAcquireTakesWhatThereIs) {
  Body([] {
    Semaphore sem(2);
    sem.Acquire();
    EXPECT_TRUE(sem.TryAcquire());
    EXPECT_FALSE(sem.TryAcquire());
    sem.Release(2);
    EXPECT_FALSE(sem.TryAcquire(3));
    EXPECT_TRUE(sem.TryAcquire(1));
    sem.Acquire();
    EXPECT_FALSE(sem.TryAcquire());
    EXPECT_TRUE(sem.TryAcquire(0));
    EXPECT_PANIC(sem.Acquire(-1), "semaphore: negative amount");
    EXPECT_PANIC(sem.TryAcquire(-1), "semaphore: negative amount");
    EXPECT_PANIC(sem.Release(-1), "semaphore: negative amount");
  });
}

// Permits above what it began with: there is no upper limit.
TEST_P(SemaphoreTest, ReleaseMayAddPermits) {
  Body([] {
    Semaphore sem(0);
    sem.Release(3);
    EXPECT_TRUE(sem.TryAcquire(3));
    EXPECT_FALSE(sem.TryAcquire());
  });
}

// Many take and give single permits without end; one wants all of them and gets them.
TEST_P(SemaphoreTest, AStreamOfSmallOnesDoesNotStarveALargeOne) {
  Body([] {
    constexpr int kTotal = 4;
    Semaphore sem(kTotal);
    std::atomic<bool> running{true};
    std::atomic<int> started{0};
    WaitGroup wg;
    for (int t = 0; t < 2 * kTotal; ++t) {
      wg.Go([&] {
        ++started;
        while (running) {
          sem.Acquire();
          Yield();
          sem.Release();
        }
      });
    }
    AwaitTrue([&] { return started == 2 * kTotal; });
    sem.Acquire(kTotal);
    running = false;
    sem.Release(kTotal);
    wg.Wait();
    EXPECT_TRUE(sem.TryAcquire(kTotal));
  });
}

}  // namespace
}  // namespace heddle
