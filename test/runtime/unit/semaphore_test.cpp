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

}  // namespace
}  // namespace heddle
