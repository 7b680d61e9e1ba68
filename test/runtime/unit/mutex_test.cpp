// Mutex, and the standard's guards over it.
#include <atomic>
#include <memory>
#include <mutex>
#include <shared_mutex>

#include "unit/everywhere.h"

namespace heddle {
namespace {

HEDDLE_EVERYWHERE(MutexTest);

TEST_P(MutexTest, Excludes) {
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

TEST_P(MutexTest, TryLockAndMisuse) {
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

TEST_P(MutexTest, StandardGuards) {
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

TEST_P(MutexTest, MayBeDestroyedByTheNextHolder) {
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

TEST_P(MutexTest, TryLockAmongContenders) {
  Body([] {
    Mutex mu;
    int count = 0;
    int taken = 0;
    WaitGroup wg;
    std::atomic<int> tried{0};
    for (int t = 0; t < 8; ++t) {
      wg.Go([&] {
        for (int i = 0; i < 500; ++i) {
          if (i % 3 != 0) {
            mu.Lock();
          } else if (!mu.TryLock()) {
            continue;
          } else {
            ++tried;
          }
          EXPECT_FALSE(mu.TryLock());
          const int seen = count;
          if (i % 50 == 0) Yield();
          count = seen + 1;
          taken += i % 3 != 0;
          mu.Unlock();
        }
      });
    }
    wg.Wait();
    EXPECT_EQ(taken, 8 * 333);
    EXPECT_EQ(count, taken + tried);
  });
}

TEST_P(MutexTest, EveryMisusePanicsAndLeavesItUsable) {
  Body([] {
    Mutex mu;
    mu.Lock();
    mu.Unlock();
    EXPECT_PANIC(mu.Unlock(), "sync: unlock of unlocked mutex");
    EXPECT_TRUE(mu.TryLock());
    // One task may unlock what another has locked.
    WaitGroup wg;
    wg.Go([&] { mu.Unlock(); });
    wg.Wait();
    EXPECT_TRUE(mu.TryLock());
    mu.Unlock();
  });
}

// One task has it nearly all the time and takes it again at once.
TEST_P(MutexTest, AHolderThatComesBackAtOnceStarvesNobody) {
  Body([] {
    Mutex mu;
    std::atomic<bool> stop{false};
    WaitGroup wg;
    wg.Go([&] {
      while (!stop) {
        MutexLock lock(mu);
        Sleep(std::chrono::microseconds(100));
      }
    });
    const auto start = std::chrono::steady_clock::now();
    for (int i = 0; i < 5; ++i) {
      Sleep(std::chrono::microseconds(100));
      MutexLock lock(mu);
    }
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(10));
    stop = true;
    wg.Wait();
  });
}

}  // namespace
}  // namespace heddle
