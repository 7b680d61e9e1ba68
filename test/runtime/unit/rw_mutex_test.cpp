// RWMutex.
#include <atomic>
#include <mutex>
#include <shared_mutex>

#include "unit/everywhere.h"

namespace heddle {
namespace {

HEDDLE_EVERYWHERE(RWMutexTest);

TEST_P(RWMutexTest, LetsReadersInTogether) {
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

TEST_P(RWMutexTest, ExcludesWriters) {
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

TEST_P(RWMutexTest, WaitingWriterHoldsOffNewReaders) {
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

TEST_P(RWMutexTest, MisusePanics) {
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

// Readers count 1, writers 10,000: at any moment some readers, or one writer.
TEST_P(RWMutexTest, ManyReadersOrOneWriter) {
  Body([] {
    for (int readers : {1, 3, 10}) {
      RWMutex rw;
      std::atomic<int> inside{0};
      WaitGroup wg;
      for (int t = 0; t < readers; ++t) {
        wg.Go([&] {
          for (int i = 0; i < 200; ++i) {
            if (i % 3 != 0) {
              rw.RLock();
            } else if (!rw.TryRLock()) {
              continue;
            }
            EXPECT_LT(++inside, 10000);
            if (i % 20 == 0) Yield();
            --inside;
            rw.RUnlock();
          }
        });
      }
      for (int t = 0; t < 2; ++t) {
        wg.Go([&] {
          for (int i = 0; i < 200; ++i) {
            if (i % 3 != 0) {
              rw.Lock();
            } else if (!rw.TryLock()) {
              continue;
            }
            EXPECT_EQ(inside += 10000, 10000);
            if (i % 20 == 0) Yield();
            inside -= 10000;
            rw.Unlock();
          }
        });
      }
      wg.Wait();
      EXPECT_EQ(inside, 0);
      EXPECT_TRUE(rw.TryLock());
      rw.Unlock();
    }
  });
}

// The writer waits for each of the readers, and what it holds keeps readers out; also by
// the standard's spellings, which are ours for Go's RLocker.
TEST_P(RWMutexTest, AWriterWaitsForEveryReader) {
  Body([] {
    RWMutex rw;
    for (int round = 0; round < 10; ++round) {
      rw.lock_shared();
      rw.RLock();
      std::atomic<bool> writing{false};
      Channel<Unit> leave;
      WaitGroup wg;
      wg.Go([&] {
        rw.Lock();
        writing = true;
        leave.Recv();
        rw.Unlock();
      });
      AwaitParked(WaitReason::kRWMutexLock, 1);
      rw.unlock_shared();
      EXPECT_FALSE(writing);
      EXPECT_EQ(CountParked(WaitReason::kRWMutexLock), 1);
      rw.RUnlock();
      AwaitTrue([&] { return writing.load(); });
      EXPECT_FALSE(rw.TryRLock());
      wg.Go([&] {
        ReaderLock lock(rw);
        writing = false;
      });
      AwaitParked(WaitReason::kRWMutexRLock, 1);
      EXPECT_TRUE(writing);
      leave.Send({});
      wg.Wait();
      EXPECT_FALSE(writing);
    }
  });
}

TEST_P(RWMutexTest, UnlockingTwicePanicsAndLeavesItUsable) {
  Body([] {
    RWMutex rw;
    rw.Lock();
    rw.Unlock();
    EXPECT_PANIC(rw.Unlock(), "sync: Unlock of unlocked RWMutex");
    rw.RLock();
    rw.RUnlock();
    EXPECT_PANIC(rw.RUnlock(), "sync: RUnlock of unlocked RWMutex");
    EXPECT_TRUE(rw.TryRLock());
    rw.RUnlock();
    EXPECT_TRUE(rw.TryLock());
    rw.Unlock();
  });
}

}  // namespace
}  // namespace heddle
