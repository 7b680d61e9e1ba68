// TaskGroup.
#include "unit/everywhere.h"

#include <atomic>
#include <stdexcept>

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

}  // namespace
}  // namespace heddle
