// Cond.
#include <type_traits>
#include <vector>

#include "unit/everywhere.h"

namespace heddle {
namespace {

HEDDLE_EVERYWHERE(CondTest);

TEST_P(CondTest, SignalWakesOneBroadcastAll) {
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

TEST_P(CondTest, WaitWithPredicateAndMisuse) {
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

}  // namespace
}  // namespace heddle
