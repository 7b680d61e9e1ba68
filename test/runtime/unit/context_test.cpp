// Context.
#include <string>

#include "unit/everywhere.h"

namespace heddle {
namespace {

using namespace std::chrono_literals;

HEDDLE_EVERYWHERE(ContextTest);

TEST_P(ContextTest, BackgroundIsNeverDone) {
  Body([] {
    EXPECT_FALSE(Background().Done());
    EXPECT_EQ(Background().Err(), ContextError::kOk);
    EXPECT_FALSE(Background().Deadline());
  });
}

TEST_P(ContextTest, CancelClosesDoneAndMayBeRepeated) {
  Body([] {
    auto [ctx, cancel] = WithCancel(Background());
    EXPECT_EQ(ctx.Err(), ContextError::kOk);
    EXPECT_EQ(ctx.Done().TryRecv().state, RecvState::kEmpty);
    CancelFunc copy = cancel;
    copy();
    cancel();
    EXPECT_EQ(ctx.Done().Recv(), std::nullopt);
    EXPECT_EQ(ctx.Err(), ContextError::kCanceled);
  });
}

TEST_P(ContextTest, CancelGoesDownNotUp) {
  Body([] {
    auto top = WithCancel(Background());
    auto left = WithCancel(top.ctx);
    auto right = WithCancel(WithValue<int>(top.ctx, 1));
    auto below = WithCancel(left.ctx);
    left.cancel();
    EXPECT_EQ(below.ctx.Err(), ContextError::kCanceled);
    EXPECT_EQ(right.ctx.Err(), ContextError::kOk);
    EXPECT_EQ(top.ctx.Err(), ContextError::kOk);
    top.cancel();
    EXPECT_EQ(right.ctx.Err(), ContextError::kCanceled);
    auto late = WithCancel(top.ctx);
    EXPECT_EQ(late.ctx.Err(), ContextError::kCanceled);
  });
}

TEST_P(ContextTest, DoneOfADroppedChildIsStillClosed) {
  Body([] {
    auto top = WithCancel(Background());
    RecvChannel<Unit> done = WithCancel(top.ctx).ctx.Done();
    EXPECT_EQ(done.TryRecv().state, RecvState::kEmpty);
    top.cancel();
    EXPECT_EQ(done.Recv(), std::nullopt);
  });
}

TEST_P(ContextTest, TimeoutAndDeadline) {
  Body([] {
    auto timed = WithTimeout(Background(), 1ms);
    EXPECT_TRUE(timed.ctx.Deadline());
    auto child = WithTimeout(timed.ctx, 1h);
    EXPECT_EQ(child.ctx.Deadline(), timed.ctx.Deadline());
    child.ctx.Done().Recv();
    EXPECT_EQ(timed.ctx.Err(), ContextError::kDeadlineExceeded);
    EXPECT_EQ(child.ctx.Err(), ContextError::kDeadlineExceeded);
    timed.cancel();
    EXPECT_EQ(timed.ctx.Err(), ContextError::kDeadlineExceeded);
    auto past = WithDeadline(Background(), std::chrono::steady_clock::now());
    EXPECT_EQ(past.ctx.Err(), ContextError::kDeadlineExceeded);
    auto early = WithTimeout(Background(), 1h);
    early.cancel();
    EXPECT_EQ(early.ctx.Err(), ContextError::kCanceled);
  });
}

struct UserName {
  std::string text;
};
struct RequestId {
  using Type = int;
};

TEST_P(ContextTest, ValuesByType) {
  Body([] {
    Context ctx = WithValue<UserName>(Background(), UserName{"ann"});
    ctx = WithValue<RequestId>(WithCancel(ctx).ctx, 7);
    EXPECT_EQ(ctx.Value<UserName>()->text, "ann");
    EXPECT_EQ(ctx.Value<RequestId>(), 7);
    EXPECT_FALSE(ctx.Value<std::string>());
    Context inner = WithValue<RequestId>(ctx, 8);
    EXPECT_EQ(inner.Value<RequestId>(), 8);
    EXPECT_EQ(ctx.Value<RequestId>(), 7);
  });
}

}  // namespace
}  // namespace heddle
