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

// Several that come while the call runs return after it, having seen what it did.
TEST_P(OnceTest, ThoseThatComeDuringTheCallWait) {
  Body([] {
    Once once;
    Channel<Unit> go_on;
    int value = 0;
    WaitGroup wg;
    wg.Go([&] {
      once.Do([&] {
        go_on.Recv();
        value = 5;
      });
    });
    AwaitParked(WaitReason::kChanReceive, 1);
    for (int t = 0; t < 3; ++t) {
      wg.Go([&] {
        once.Do([] { FAIL() << "a second call"; });
        EXPECT_EQ(value, 5);
      });
    }
    AwaitParked(WaitReason::kMutex, 3);
    go_on.Send({});
    wg.Wait();
  });
}

}  // namespace
}  // namespace heddle
