// Defer and HEDDLE_DEFER.
#include "unit/everywhere.h"

namespace heddle {
namespace {

HEDDLE_EVERYWHERE(DeferTest);

TEST_P(DeferTest, RunsAtScopeExitLastInFirstOut) {
  Body([] {
    std::string order;
    {
      Defer first([&] { order += "1"; });
      HEDDLE_DEFER(order += "2");
      HEDDLE_DEFER(order += std::string(1, "345"[0]));
      order += "0";
    }
    EXPECT_EQ(order, "0321");
  });
}

TEST_P(DeferTest, RunsWhenAnExceptionPasses) {
  Body([] {
    bool ran = false;
    EXPECT_PANIC(
        {
          HEDDLE_DEFER(ran = true);
          panic("out");
        },
        "out");
    EXPECT_TRUE(ran);
  });
}

TEST_P(DeferTest, MayPanicItself) {
  Body([] {
    EXPECT_PANIC({ HEDDLE_DEFER(panic("from defer")); }, "from defer");
  });
}

TEST_P(DeferTest, PanicDuringUnwindingIsReportedAndTheFirstGoesOn) {
  Body([] {
    testing::internal::CaptureStderr();
    EXPECT_PANIC(
        {
          HEDDLE_DEFER(panic("second"));
          panic("first");
        },
        "first");
    EXPECT_EQ(testing::internal::GetCapturedStderr().rfind("panic: second\n", 0), 0u);
  });
}

}  // namespace
}  // namespace heddle
