// Mutex, RWMutex, Cond, Once, Semaphore.
#include "unit/everywhere.h"

#include <atomic>
#include <memory>
#include <mutex>
#include <shared_mutex>
#include <vector>

namespace heddle {
namespace {

HEDDLE_EVERYWHERE(LockTest);

TEST_P(LockTest, MutexExcludes) {
  Body([] {
    Mutex mu;
    int count = 0;
    WaitGroup wg;
    for (int t = 0; t < 8; ++t) {
      wg.Go([&] {
        for (int i = 0; i < 500; ++i) {
          MutexLock lock(mu);
          const int seen = count;
          if (i % 50 == 0) Yield();
          count = seen + 1;
        }
      });
    }
    wg.Wait();
    EXPECT_EQ(count, 4000);
  });
}

TEST_P(LockTest, MutexTryLockAndMisuse) {
  Body([] {
    Mutex mu;
    EXPECT_PANIC(mu.Unlock(), "sync: unlock of unlocked mutex");
    EXPECT_TRUE(mu.TryLock());
    EXPECT_FALSE(mu.TryLock());
    mu.Unlock();
    std::lock_guard<Mutex> guard(mu);
    EXPECT_FALSE(mu.try_lock());
  });
}

TEST_P(LockTest, StandardGuards) {
  Body([] {
    Mutex a;
    Mutex b;
    {
      std::scoped_lock both(a, b);
      EXPECT_FALSE(a.TryLock());
    }
    std::unique_lock<Mutex> unique(a);
    unique.unlock();
    EXPECT_TRUE(a.TryLock());
    a.Unlock();
    RWMutex rw;
    {
      std::shared_lock<RWMutex> one(rw);
      std::shared_lock<RWMutex> two(rw);
      EXPECT_FALSE(rw.try_lock());
    }
    std::unique_lock<RWMutex> writer(rw);
    EXPECT_FALSE(rw.try_lock_shared());
  });
}

TEST_P(LockTest, MutexMayBeDestroyedByTheNextHolder) {
  Body([] {
    for (int i = 0; i < 500; ++i) {
      auto mu = std::make_unique<Mutex>();
      Mutex* raw = mu.get();
      WaitGroup wg;
      raw->Lock();
      wg.Add(1);
      go([raw, &wg] {
        raw->Unlock();
        wg.Done();
      });
      raw->Lock();
      raw->Unlock();
      wg.Wait();
      mu.reset();
    }
  });
}

TEST_P(LockTest, RWMutexLetsReadersInTogether) {
  Body([] {
    RWMutex rw;
    std::atomic<int> inside{0};
    WaitGroup wg;
    for (int i = 0; i < 4; ++i) {
      wg.Go([&] {
        ReaderLock lock(rw);
        ++inside;
        AwaitTrue([&] { return inside == 4; });
      });
    }
    wg.Wait();
  });
}

TEST_P(LockTest, RWMutexExcludesWriters) {
  Body([] {
    RWMutex rw;
    int value = 0;
    WaitGroup wg;
    for (int t = 0; t < 4; ++t) {
      wg.Go([&] {
        for (int i = 0; i < 200; ++i) {
          WriterLock lock(rw);
          const int seen = value;
          if (i % 20 == 0) Yield();
          value = seen + 1;
        }
      });
      wg.Go([&] {
        for (int i = 0; i < 200; ++i) {
          ReaderLock lock(rw);
          const int seen = value;
          if (i % 20 == 0) Yield();
          EXPECT_EQ(value, seen);
        }
      });
    }
    wg.Wait();
    EXPECT_EQ(value, 800);
  });
}

TEST_P(LockTest, WaitingWriterHoldsOffNewReaders) {
  Body([] {
    RWMutex rw;
    rw.RLock();
    WaitGroup wg;
    wg.Go([&] { WriterLock lock(rw); });
    AwaitTrue([&] {
      if (!rw.TryRLock()) return true;
      rw.RUnlock();
      return false;
    });
    EXPECT_FALSE(rw.TryLock());
    rw.RUnlock();
    wg.Wait();
    EXPECT_TRUE(rw.TryRLock());
    rw.RUnlock();
  });
}

TEST_P(LockTest, RWMutexMisusePanics) {
  Body([] {
    RWMutex rw;
    EXPECT_PANIC(rw.RUnlock(), "sync: RUnlock of unlocked RWMutex");
    EXPECT_PANIC(rw.Unlock(), "sync: Unlock of unlocked RWMutex");
    rw.RLock();
    EXPECT_PANIC(rw.Unlock(), "sync: Unlock of unlocked RWMutex");
    rw.RUnlock();
    rw.Lock();
    EXPECT_PANIC(rw.RUnlock(), "sync: RUnlock of unlocked RWMutex");
    rw.Unlock();
  });
}

TEST_P(LockTest, CondSignalWakesOneBroadcastAll) {
  Body([] {
    Mutex mu;
    Cond cond(mu);
    int waiting = 0;
    int tokens = 0;
    int woken = 0;
    WaitGroup wg;
    for (int i = 0; i < 10; ++i) {
      wg.Go([&] {
        MutexLock lock(mu);
        ++waiting;
        while (tokens == 0) cond.Wait();
        --tokens;
        ++woken;
      });
    }
    auto read = [&](int& value) {
      MutexLock lock(mu);
      return value;
    };
    AwaitTrue([&] { return read(waiting) == 10; });
    for (int i = 1; i <= 3; ++i) {
      {
        MutexLock lock(mu);
        ++tokens;
      }
      cond.Signal();
      AwaitTrue([&] { return read(woken) == i; });
    }
    {
      MutexLock lock(mu);
      tokens = 7;
    }
    cond.Broadcast();
    wg.Wait();
    EXPECT_EQ(woken, 10);
    cond.Signal();
    cond.Broadcast();
  });
}

TEST_P(LockTest, CondWaitWithPredicateAndMisuse) {
  Body([] {
    Mutex mu;
    Cond cond(mu);
    EXPECT_PANIC(cond.Wait(), "sync: unlock of unlocked mutex");
    bool ready = false;
    WaitGroup wg;
    wg.Go([&] {
      MutexLock lock(mu);
      ready = true;
      cond.Signal();
    });
    MutexLock lock(mu);
    cond.Wait([&] { return ready; });
    EXPECT_TRUE(ready);
  });
}

TEST_P(LockTest, OnceRunsOnceAndOthersWait) {
  Body([] {
    Once once;
    int calls = 0;
    WaitGroup wg;
    for (int i = 0; i < 20; ++i) {
      wg.Go([&] {
        once.Do([&] {
          Yield();
          ++calls;
        });
        EXPECT_EQ(calls, 1);
      });
    }
    wg.Wait();
  });
}

TEST_P(LockTest, OnceThatPanickedIsDone) {
  Body([] {
    Once once;
    EXPECT_PANIC(once.Do([] { panic("first"); }), "first");
    once.Do([] { FAIL() << "called again"; });
  });
}

TEST_P(LockTest, SemaphoreLimits) {
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

TEST_P(LockTest, SemaphoreServesInOrder) {
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

TEST_P(LockTest, SemaphoreMayBeDestroyedAsSoonAsAcquireReturns) {
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
