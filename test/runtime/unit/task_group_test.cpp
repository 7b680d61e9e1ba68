// TaskGroup.
#include <atomic>
#include <stdexcept>
#include <string>
#include <vector>

#include "unit/everywhere.h"

namespace heddle {
namespace {

HEDDLE_EVERYWHERE(TaskGroupTest);

TEST_P(TaskGroupTest, GivesTheFirstFailureAndCancels) {
  Body([] {
    TaskGroup group;
    group.Go([&] { group.Ctx().Done().Recv(); });
    group.Go([&]() -> Error {
      group.Ctx().Done().Recv();
      return "late";
    });
    group.Go([]() -> Error { return "broken"; });
    EXPECT_EQ(group.Wait(), "broken");
    EXPECT_EQ(group.Ctx().Err(), ContextError::kCanceled);
  });
}

TEST_P(TaskGroupTest, TakesExceptionsAndSuccess) {
  Body([] {
    TaskGroup fine;
    std::atomic<int> ran{0};
    fine.Go([&] { ++ran; });
    fine.Go([&]() -> Error {
      ++ran;
      return std::nullopt;
    });
    EXPECT_EQ(fine.Wait(), std::nullopt);
    EXPECT_EQ(ran, 2);
    TaskGroup throwing;
    throwing.Go([] { throw std::runtime_error("thrown"); });
    EXPECT_EQ(throwing.Wait(), "thrown");
  });
}

TEST_P(TaskGroupTest, FollowsItsParentAndLimits) {
  Body([] {
    auto top = WithCancel(Background());
    TaskGroup group(top.ctx);
    group.SetLimit(2);
    std::atomic<int> inside{0};
    for (int i = 0; i < 10; ++i) {
      group.Go([&] {
        EXPECT_LE(++inside, 2);
        Yield();
        --inside;
      });
    }
    EXPECT_EQ(group.Wait(), std::nullopt);
    Channel<Unit> stop;
    group.Go([&] { stop.Recv(); });
    group.Go([&] { stop.Recv(); });
    EXPECT_FALSE(group.TryGo([] {}));
    EXPECT_PANIC(group.SetLimit(1),
                 "errgroup: modify limit while goroutines in the group are still active");
    stop.Close();
    group.Wait();
    top.cancel();
    EXPECT_EQ(group.Ctx().Err(), ContextError::kCanceled);
  });
}

// Waiting does not end a group: more may be started, and the first failure stays.
TEST_P(TaskGroupTest, WaitMayBeRepeatedAndTheFirstFailureStays) {
  Body([] {
    const std::vector<std::vector<Error>> cases = {
        {}, {std::nullopt}, {"one"}, {"one", std::nullopt}, {"one", std::nullopt, "two"}};
    for (const auto& errors : cases) {
      TaskGroup group;
      Error first;
      EXPECT_EQ(group.Wait(), std::nullopt);
      for (const Error& error : errors) {
        group.Go([error]() -> Error { return error; });
        if (!first) first = error;
        EXPECT_EQ(group.Wait(), first);
      }
    }
  });
}

TEST_P(TaskGroupTest, CtxIsCancelledWhenWaitReturns) {
  Body([] {
    for (const Error& error : {Error(), Error("doomed")}) {
      TaskGroup group;
      EXPECT_EQ(group.Ctx().Err(), ContextError::kOk);
      group.Go([error]() -> Error { return error; });
      group.Go([] {});
      EXPECT_EQ(group.Wait(), error);
      EXPECT_EQ(group.Ctx().Done().TryRecv().state, RecvState::kClosed);
      EXPECT_EQ(group.Ctx().Err(), ContextError::kCanceled);
    }
  });
}

TEST_P(TaskGroupTest, TryGoStartsAsManyAsTheLimitAllows) {
  Body([] {
    constexpr int kLimit = 42;
    TaskGroup group;
    group.SetLimit(kLimit);
    Channel<Unit> c;
    std::atomic<int> ran{0};
    auto task = [&] {
      c.Recv();
      ++ran;
    };
    auto finish = [&](int count) {
      for (int i = 0; i < count; ++i) c.Send({});
      EXPECT_EQ(group.Wait(), std::nullopt);
    };
    for (int i = 0; i < kLimit; ++i) EXPECT_TRUE(group.TryGo(task)) << i;
    EXPECT_FALSE(group.TryGo(task));
    finish(kLimit);
    EXPECT_TRUE(group.TryGo(task));
    finish(1);
    group.SetLimit(1);
    EXPECT_TRUE(group.TryGo(task));
    EXPECT_FALSE(group.TryGo(task));
    finish(1);
    group.SetLimit(0);
    for (int i = 0; i < 100; ++i) EXPECT_FALSE(group.TryGo(task));
    EXPECT_EQ(group.Wait(), std::nullopt);
    group.SetLimit(-1);
    for (int i = 0; i < 2 * kLimit; ++i) EXPECT_TRUE(group.TryGo(task));
    finish(2 * kLimit);
    EXPECT_EQ(ran, kLimit + 1 + 1 + 2 * kLimit);
  });
}

TEST_P(TaskGroupTest, GoWaitsForItsPlaceUnderTheLimit) {
  Body([] {
    constexpr int kLimit = 10;
    TaskGroup group;
    group.SetLimit(kLimit);
    std::atomic<int> active{0};
    for (int i = 0; i <= 300; ++i) {
      group.Go([&]() -> Error {
        const int now = ++active;
        Yield();
        --active;
        if (now > kLimit) return std::to_string(now) + " at a time";
        return std::nullopt;
      });
    }
    EXPECT_EQ(group.Wait(), std::nullopt);
  });
}

}  // namespace
}  // namespace heddle
