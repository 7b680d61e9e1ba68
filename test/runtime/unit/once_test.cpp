// Once.
#include "unit/everywhere.h"

namespace heddle {
namespace {

HEDDLE_EVERYWHERE(OnceTest);

TEST_P(OnceTest, RunsOnceAndOthersWait) {
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

TEST_P(OnceTest, ThatPanickedIsDone) {
  Body([] {
    Once once;
    EXPECT_PANIC(once.Do([] { panic("first"); }), "first");
    once.Do([] { FAIL() << "called again"; });
  });
}

}  // namespace
}  // namespace heddle
