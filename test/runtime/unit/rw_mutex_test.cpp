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

}  // namespace
}  // namespace heddle
