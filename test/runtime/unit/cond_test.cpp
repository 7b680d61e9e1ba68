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
    {
      MutexLock lock(mu);
      cond.Wait([&] { return ready; });
      EXPECT_TRUE(ready);
    }
    wg.Wait();
  });
}

static_assert(!std::is_copy_constructible_v<Cond> && !std::is_copy_assignable_v<Cond>);
static_assert(!std::is_move_constructible_v<Cond> && !std::is_move_assignable_v<Cond>);

TEST_P(CondTest, SignalWakesNobodyWhenNobodyWaitsAndIsNotKept) {
  Body([] {
    Mutex mu;
    Cond cond(mu);
    cond.Signal();
    cond.Broadcast();
    WaitGroup wg;
    bool woken = false;
    wg.Go([&] {
      MutexLock lock(mu);
      cond.Wait();
      woken = true;
    });
    AwaitParked(WaitReason::kCond, 1);
    {
      MutexLock lock(mu);
      EXPECT_FALSE(woken);
    }
    cond.Signal();
    wg.Wait();
    EXPECT_TRUE(woken);
  });
}

// No predicate: one signal, one waiter, and that the one which has waited longest.
TEST_P(CondTest, SignalWakesTheLongestWaiting) {
  Body([] {
    constexpr int kTasks = 30;
    Mutex mu;
    Cond cond(mu);
    std::vector<int> woken;
    WaitGroup wg;
    for (int i = 0; i < kTasks; ++i) {
      wg.Go([&, i] {
        MutexLock lock(mu);
        cond.Wait();
        woken.push_back(i);
      });
      AwaitParked(WaitReason::kCond, i + 1);
    }
    for (int i = 0; i < kTasks; ++i) {
      cond.Signal();
      AwaitTrue([&] {
        MutexLock lock(mu);
        return woken.size() > static_cast<std::size_t>(i);
      });
      MutexLock lock(mu);
      ASSERT_EQ(woken.size(), static_cast<std::size_t>(i) + 1);
      EXPECT_EQ(woken.back(), i);
    }
    wg.Wait();
  });
}

TEST_P(CondTest, BroadcastWakesEachOnceInEveryRound) {
  Body([] {
    constexpr int kTasks = 30;
    constexpr int kRounds = 20;
    Mutex mu;
    Cond cond(mu);
    bool over = false;
    int wakings[kTasks] = {};
    WaitGroup wg;
    for (int t = 0; t < kTasks; ++t) {
      wg.Go([&, t] {
        MutexLock lock(mu);
        while (!over) {
          cond.Wait();
          ++wakings[t];
        }
      });
    }
    for (int round = 1; round <= kRounds; ++round) {
      AwaitParked(WaitReason::kCond, kTasks);
      MutexLock lock(mu);
      for (int n : wakings) EXPECT_EQ(n, round - 1);
      over = round == kRounds;
      cond.Broadcast();
    }
    wg.Wait();
    for (int n : wakings) EXPECT_EQ(n, kRounds);
    cond.Broadcast();
  });
}

// What is written before a Signal is seen after the Wait, from task to task to task.
TEST_P(CondTest, ARelayOfThree) {
  Body([] {
    Mutex mu;
    Cond cond(mu);
    int stage = 0;
    WaitGroup wg;
    wg.Go([&] {
      MutexLock lock(mu);
      stage = 1;
      cond.Wait();
      EXPECT_EQ(stage, 2);
      stage = 3;
      cond.Signal();
    });
    auto await_stage = [&](int wanted) {
      for (;;) {
        mu.Lock();
        if (stage >= wanted) return;
        mu.Unlock();
        Yield();
      }
    };
    wg.Go([&] {
      await_stage(1);
      stage = 2;
      cond.Signal();
      mu.Unlock();
    });
    wg.Go([&] {
      await_stage(2);
      if (stage == 2) {
        cond.Wait();
        EXPECT_EQ(stage, 3);
      }
      mu.Unlock();
    });
    wg.Wait();
    EXPECT_EQ(stage, 3);
  });
}

// A Wait that begins beside a Broadcast does not take the wake-up of one that was there.
TEST_P(CondTest, ALateWaiterStealsNoWakeUp) {
  Body([] {
    for (int i = 0; i < 200; ++i) {
      Mutex mu;
      Cond cond(mu);
      WaitGroup first;
      first.Go([&] {
        MutexLock lock(mu);
        cond.Wait();
      });
      AwaitParked(WaitReason::kCond, 1);
      bool over = false;
      WaitGroup others;
      others.Go([&] { cond.Broadcast(); });
      others.Go([&] {
        MutexLock lock(mu);
        cond.Wait([&] { return over; });
      });
      first.Wait();  // for ever, if it was stolen
      {
        MutexLock lock(mu);
        over = true;
      }
      cond.Broadcast();
      others.Wait();
    }
  });
}

}  // namespace
}  // namespace heddle
