// Trees of contexts: what reaches whom, cancelled from several sides, and what is kept of
// those that have ended.
#include <algorithm>
#include <functional>
#include <random>
#include <vector>

#include "unit/everywhere.h"
#include "unit/memory.h"

namespace heddle {
namespace {

using namespace std::chrono_literals;

HEDDLE_EVERYWHERE(ContextTreeTest);

bool IsDone(const Context& ctx) { return ctx.Done().TryRecv().state == RecvState::kClosed; }

TEST_P(ContextTreeTest, CancellingAParentEndsItsChildrenAndTheirTimers) {
  Body([] {
    auto parent = WithCancel(Background());
    auto child = WithCancel(parent.ctx);
    Context value = WithValue<int>(parent.ctx, 1);
    auto timed = WithTimeout(value, 10000h);
    for (const Context& ctx : {parent.ctx, child.ctx, value, timed.ctx}) {
      EXPECT_FALSE(IsDone(ctx));
      EXPECT_EQ(ctx.Err(), ContextError::kOk);
    }
    parent.cancel();
    for (const Context& ctx : {parent.ctx, child.ctx, value, timed.ctx}) {
      EXPECT_TRUE(IsDone(ctx));
      EXPECT_EQ(ctx.Err(), ContextError::kCanceled);
    }
    EXPECT_TRUE(IsDone(WithValue<int>(parent.ctx, 2)));
    // The fixture sees that the timer of `timed` is gone.
  });
}

TEST_P(ContextTreeTest, AChildThatEndsLeavesItsParentAlone) {
  Body([] {
    auto above = WithCancel(Background());
    for (const Context& parent : {Background(), above.ctx, WithValue<int>(above.ctx, 1)}) {
      auto child = WithCancel(parent);
      EXPECT_FALSE(IsDone(child.ctx));
      child.cancel();
      EXPECT_TRUE(IsDone(child.ctx));
      EXPECT_EQ(parent.Err(), ContextError::kOk);
      EXPECT_FALSE(IsDone(parent));
    }
  });
}

TEST_P(ContextTreeTest, TheEarlierDeadlineCounts) {
  Body([] {
    auto soon = WithTimeout(Background(), 1ms);
    auto late = WithTimeout(WithValue<int>(soon.ctx, 1), 1h);
    EXPECT_EQ(late.ctx.Deadline(), soon.ctx.Deadline());
    EXPECT_EQ(late.ctx.Done().Recv(), std::nullopt);
    EXPECT_EQ(late.ctx.Err(), ContextError::kDeadlineExceeded);

    auto far = WithTimeout(Background(), 1h);
    auto near = WithDeadline(far.ctx, std::chrono::steady_clock::now() + 1ms);
    EXPECT_LT(near.ctx.Deadline(), far.ctx.Deadline());
    EXPECT_EQ(near.ctx.Done().Recv(), std::nullopt);
    EXPECT_EQ(near.ctx.Err(), ContextError::kDeadlineExceeded);
    EXPECT_EQ(far.ctx.Err(), ContextError::kOk);
    far.cancel();

    for (auto past : {WithTimeout(Background(), -1ms), WithTimeout(Background(), 0ns)}) {
      EXPECT_TRUE(IsDone(past.ctx));
      past.cancel();
      EXPECT_EQ(past.ctx.Err(), ContextError::kDeadlineExceeded);
    }
    auto never = WithTimeout(Background(), std::chrono::nanoseconds::max());
    EXPECT_FALSE(IsDone(never.ctx));
    never.cancel();
    EXPECT_EQ(never.ctx.Err(), ContextError::kCanceled);
  });
}

TEST_P(ContextTreeTest, CancelledBeforeItsDeadline) {
  Body([] {
    auto outer = WithTimeout(Background(), 1h);
    auto inner = WithTimeout(outer.ctx, 10000h);
    inner.cancel();
    EXPECT_TRUE(IsDone(inner.ctx));
    EXPECT_EQ(inner.ctx.Err(), ContextError::kCanceled);
    EXPECT_EQ(outer.ctx.Err(), ContextError::kOk);
    outer.cancel();
  });
}

TEST_P(ContextTreeTest, AllOfATreeCancelledAtOnce) {
  Body([] {
    std::vector<CancelableContext> nodes = {WithCancel(Background())};
    for (std::size_t next = 0; nodes.size() < 100; ++next) {
      for (int i = 0; i < 4; ++i) nodes.push_back(WithCancel(nodes[next].ctx));
    }
    std::shuffle(nodes.begin(), nodes.end(), std::minstd_rand(7));
    WaitGroup wg;
    for (const CancelableContext& node : nodes) wg.Go(node.cancel);
    std::reverse(nodes.begin(), nodes.end());
    for (const CancelableContext& node : nodes) {
      EXPECT_EQ(node.ctx.Done().Recv(), std::nullopt);
      EXPECT_EQ(node.ctx.Err(), ContextError::kCanceled);
    }
    wg.Wait();
  });
}

TEST_P(ContextTreeTest, AChildCancelledBecauseItsParentIs) {
  Body([] {
    for (int i = 0; i < 100; ++i) {
      auto parent = WithCancel(Background());
      auto child = WithCancel(parent.ctx);
      WaitGroup wg;
      wg.Go([&] {
        parent.ctx.Done().Recv();
        child.cancel();
      });
      parent.cancel();
      child.ctx.Done().Recv();
      wg.Wait();
    }
  });
}

TEST_P(ContextTreeTest, AParentCancelledWhileAChildIsMade) {
  Body([] {
    for (int i = 0; i < 500; ++i) {
      auto parent = WithCancel(Background());
      WaitGroup wg;
      wg.Go(parent.cancel);
      auto child = i % 2 == 0 ? WithCancel(parent.ctx) : WithTimeout(parent.ctx, 1h);
      EXPECT_EQ(child.ctx.Done().Recv(), std::nullopt);
      EXPECT_EQ(child.ctx.Err(), ContextError::kCanceled);
      wg.Wait();
    }
  });
}

TEST_P(ContextTreeTest, WhoSeesAnErrorFindsDoneClosed) {
  Body([] {
    for (int i = 0; i < 200; ++i) {
      auto above = WithCancel(Background());
      auto ctx = i % 2 == 0 ? above : WithCancel(above.ctx);
      WaitGroup wg;
      wg.Go(above.cancel);
      AwaitTrue([&] { return ctx.ctx.Err() != ContextError::kOk; });
      EXPECT_TRUE(IsDone(ctx.ctx));
      wg.Wait();
    }
  });
}

template <int kNumber>
struct Key {
  using Type = int;
};

// Thirty layers, each a value, a cancellation or a timeout, by chance.
class Layers {
 public:
  Layers(unsigned seed, std::chrono::nanoseconds timeout) : seed_(seed), random_(seed) {
    while (layers_ < 30 || cancels_.empty() || timers_ == 0) Add(timeout);
    ctx_ = WithValue<Key<0>>(ctx_, layers_);
  }
  const Context& ctx() const { return ctx_; }
  void CancelOne() { cancels_[random_() % cancels_.size()](); }
  void CancelAll() {
    for (const CancelFunc& cancel : cancels_) cancel();
  }
  void CheckValues() const {
    EXPECT_EQ(ctx_.Value<Key<0>>(), layers_) << seed_;
    if (ones_ > 0) {
      EXPECT_EQ(ctx_.Value<Key<1>>(), ones_) << seed_;
    }
    EXPECT_FALSE(ctx_.Value<Key<2>>()) << seed_;
  }

 private:
  void Add(std::chrono::nanoseconds timeout) {
    ++layers_;
    const unsigned kind = random_() % 3;
    if (kind == 0) {
      ctx_ = WithValue<Key<1>>(ctx_, ++ones_);
      return;
    }
    auto next = kind == 1 ? WithCancel(ctx_) : WithTimeout(ctx_, timeout);
    timers_ += kind == 2;
    ctx_ = next.ctx;
    cancels_.push_back(next.cancel);
  }

  const unsigned seed_;
  std::minstd_rand random_;
  Context ctx_ = Background();
  std::vector<CancelFunc> cancels_;
  int layers_ = 0;
  int ones_ = 0;
  int timers_ = 0;
};

TEST_P(ContextTreeTest, AnyLayerCancelsTheInnermost) {
  Body([] {
    for (unsigned seed = 1; seed <= 20; ++seed) {
      Layers layers(seed, 10000h);
      EXPECT_FALSE(IsDone(layers.ctx())) << seed;
      layers.CheckValues();
      layers.CancelOne();
      EXPECT_TRUE(IsDone(layers.ctx())) << seed;
      layers.CheckValues();
      layers.CancelAll();
    }
  });
}

TEST_P(ContextTreeTest, ATimeoutEndsTheInnermost) {
  Body([] {
    for (unsigned seed = 1; seed <= 20; ++seed) {
      Layers layers(seed, 200us);
      layers.CheckValues();
      EXPECT_EQ(layers.ctx().Done().Recv(), std::nullopt);
      EXPECT_EQ(layers.ctx().Err(), ContextError::kDeadlineExceeded);
      layers.CheckValues();
    }
  });
}

TEST_P(ContextTreeTest, NoGoroutineIsNeeded) {
  Body([] {
    const std::size_t before = NumGoroutines();
    auto a = WithCancel(Background());
    auto b = WithTimeout(WithValue<int>(a.ctx, 1), 1h);
    auto c = WithCancel(b.ctx);
    EXPECT_EQ(NumGoroutines(), before);
    c.cancel();
    auto d = WithTimeout(c.ctx, 1h);
    a.cancel();
    EXPECT_EQ(NumGoroutines(), before);
    EXPECT_TRUE(IsDone(d.ctx));
  });
}

TEST_P(ContextTreeTest, AParentForgetsTheChildrenThatHaveEnded) {
  Body([] {
    auto parent = WithCancel(Background());
    RecvChannel<Unit> kept;
    const std::vector<std::function<void()>> ends = {
        [&] { WithCancel(parent.ctx).cancel(); },
        [&] { WithTimeout(parent.ctx, 1h).cancel(); },
        [&] { static_cast<void>(WithCancel(parent.ctx)); },  // dropped
        [&] { static_cast<void>(WithCancel(parent.ctx).ctx.Done()); },
        [&] { static_cast<void>(WithCancel(WithValue<int>(parent.ctx, 1))); },
        [&] { kept = WithCancel(parent.ctx).ctx.Done(); },  // outlives its context
    };
    for (const auto& end : ends) {
      auto many = [&] {
        for (int i = 0; i < 2000; ++i) end();
      };
      many();
      const std::size_t before = AllocatedBytes();
      many();
      EXPECT_LT(AllocatedBytes(), before + 32 * 1024) << &end - ends.data();
    }
    EXPECT_EQ(parent.ctx.Err(), ContextError::kOk);
    parent.cancel();
    EXPECT_EQ(kept.TryRecv().state, RecvState::kClosed);
  });
}

// Children end by themselves, and are dropped, while their parent's cancellation is on its
// way to them.
TEST_P(ContextTreeTest, ChildrenThatGoWhileTheirParentIsCancelled) {
  Body([] {
    for (int i = 0; i < 200; ++i) {
      auto parent = WithCancel(Background());
      std::vector<CancelableContext> children;
      std::vector<RecvChannel<Unit>> done;
      for (int c = 0; c < 10; ++c) {
        children.push_back(WithCancel(parent.ctx));
        done.push_back(children.back().ctx.Done());
      }
      WaitGroup wg;
      wg.Go([children = std::move(children), i]() mutable {
        for (CancelableContext& child : children) {
          if (i % 3 != 0) child.cancel();
          child = {};
        }
      });
      wg.Go(parent.cancel);
      for (const auto& c : done) EXPECT_EQ(c.Recv(), std::nullopt);
      wg.Wait();
    }
  });
}

// Four tasks make, drop and cancel contexts of one tree. Whatever is left of the tree when
// its root is cancelled, no Done channel of it is left open.
TEST_P(ContextTreeTest, DoneIsClosedWhateverWasDroppedAbove) {
  Body([] {
    for (int round = 0; round < 30; ++round) {
      auto root = WithCancel(Background());
      std::vector<RecvChannel<Unit>> done[4];
      WaitGroup wg;
      for (int task = 0; task < 4; ++task) {
        wg.Go([&, task] {
          std::mt19937 random(4 * round + task);
          std::vector<CancelableContext> held{root};
          for (int i = 0; i < 100; ++i) {
            CancelableContext& one = held[random() % held.size()];
            const auto action = random() % 8;
            if (action < 3) {
              held.push_back(WithCancel(one.ctx));
            } else if (action < 5) {
              held.push_back({WithValue<int>(one.ctx, i), one.cancel});
            } else if (&one == &held.front()) {
              if (task == 0 && i > 80 && round % 2 == 0) root.cancel();
            } else if (action < 7) {
              done[task].push_back(one.ctx.Done());
              std::swap(one, held.back());
              held.pop_back();
            } else if (random() % 4 == 0) {
              one.cancel();
            }
          }
        });
      }
      wg.Wait();
      root.cancel();
      for (const auto& channels : done) {
        for (const auto& c : channels) ASSERT_EQ(c.TryRecv().state, RecvState::kClosed);
      }
    }
  });
}

}  // namespace
}  // namespace heddle
