// Contexts nested more deeply than a goroutine's stack could follow by recursion, and what
// is kept of those in the middle that nobody holds any more.
#include <vector>

#include "unit/everywhere.h"
#include "unit/memory.h"

namespace heddle {
namespace {

using namespace std::chrono_literals;

HEDDLE_EVERYWHERE(ContextDepthTest);

constexpr int kDepth = 100'000;

bool IsDone(const Context& ctx) { return ctx.Done().TryRecv().state == RecvState::kClosed; }

// kDepth contexts below `top`, one below the other: the kinds in turn.
Context Nest(const Context& top) {
  Context ctx = top;
  for (int i = 0; i < kDepth; ++i) {
    if (i % 3 == 0) {
      ctx = WithCancel(ctx).ctx;
    } else if (i % 3 == 1) {
      ctx = WithValue<int>(ctx, i);
    } else {
      ctx = WithDeadline(ctx, TimePoint::max()).ctx;
    }
  }
  return ctx;
}

TEST_P(ContextDepthTest, CancelledFromTheTop) {
  Body([] {
    auto top = WithCancel(Background());
    const Context bottom = Nest(top.ctx);
    EXPECT_EQ(bottom.Value<int>(), kDepth - 1 - (kDepth - 2) % 3);
    EXPECT_FALSE(IsDone(bottom));
    top.cancel();
    EXPECT_TRUE(IsDone(bottom));
    EXPECT_EQ(bottom.Err(), ContextError::kCanceled);
    EXPECT_TRUE(IsDone(WithCancel(bottom).ctx));
  });
}

TEST_P(ContextDepthTest, DroppedFromTheBottom) {
  Body([] {
    auto top = WithCancel(Background());
    const std::size_t before = AllocatedBytes();
    {
      Context bottom = top.ctx;
      for (int i = 0; i < kDepth; ++i) {
        bottom = i % 2 == 0 ? WithCancel(bottom).ctx : WithValue<int>(bottom, i);
      }
    }
    EXPECT_LT(AllocatedBytes(), before + 64 * 1024);
    EXPECT_EQ(top.ctx.Err(), ContextError::kOk);
  });
}

// The last reference to the whole tree is the one that the cancellation itself has.
TEST_P(ContextDepthTest, DroppedWhileItIsCancelled) {
  Body([] {
    auto top = WithCancel(Background());
    Context bottom = Nest(top.ctx);
    WaitGroup wg;
    wg.Go(top.cancel);
    wg.Go([bottom = std::move(bottom)]() mutable { bottom = Context(); });
    wg.Wait();
    EXPECT_TRUE(IsDone(top.ctx));
  });
}

// Who waits for a context that is gone, with those above it, is told by the one that is left.
TEST_P(ContextDepthTest, DoneOutlivesAllUpToTheOneThatIsCancelled) {
  Body([] {
    auto top = WithCancel(Background());
    std::vector<RecvChannel<Unit>> done;
    {
      Context ctx = top.ctx;
      for (int i = 0; i < kDepth; ++i) {
        ctx = WithCancel(ctx).ctx;
        done.push_back(ctx.Done());
      }
    }
    for (const auto& c : done) ASSERT_EQ(c.TryRecv().state, RecvState::kEmpty);
    top.cancel();
    for (const auto& c : done) ASSERT_EQ(c.TryRecv().state, RecvState::kClosed);
  });
}

}  // namespace
}  // namespace heddle
