// Values whose move throws, wherever a channel moves them: the sender gets the exception,
// nobody else notices, and nothing is lost or destroyed twice.
#include <memory>
#include <stdexcept>
#include <vector>

#include "unit/everywhere.h"

namespace heddle {
namespace {

HEDDLE_EVERYWHERE(ChannelThrowTest);

// The next moves of it that go well; then one throws. Negative: all go well.
std::atomic<int> good_moves{-1};
std::atomic<int> alive{0};

struct Fused {
  int value;
  explicit Fused(int value) : value(value) { ++alive; }
  Fused(Fused&& other) : value(other.value) {
    if (good_moves >= 0 && good_moves-- == 0) throw std::runtime_error("moved");
    ++alive;
  }
  ~Fused() { --alive; }
};
using Fuseds = Channel<Fused>;

// A goroutine that sends `value`, and what became of it.
struct Sending {
  std::string error = "under way";
  void Start(WaitGroup& wg, const Fuseds& c, int value) {
    wg.Go([this, c, value] {
      try {
        c.Send(Fused(value));
        error = "";
      } catch (const std::exception& e) {
        error = e.what();
      }
    });
  }
};

TEST_P(ChannelThrowTest, OfAParkedSenderGoesToIt) {
  Body([] {
    for (std::size_t capacity : {0, 1}) {
      Fuseds c(capacity);
      WaitGroup wg;
      Sending first;
      Sending second;
      if (capacity == 1) c.Send(Fused(1));
      first.Start(wg, c, 2);
      AwaitParked(WaitReason::kChanSend, 1);
      second.Start(wg, c, 3);
      AwaitParked(WaitReason::kChanSend, 2);
      good_moves = static_cast<int>(capacity);  // of what is in the buffer
      EXPECT_EQ(c.Recv()->value, capacity == 1 ? 1 : 3);
      good_moves = -1;
      if (capacity == 1) {
        EXPECT_EQ(c.Len(), 1u);  // the place went to the next one
        EXPECT_EQ(c.Recv()->value, 3);
      }
      wg.Wait();
      EXPECT_EQ(first.error, "moved");
      EXPECT_EQ(second.error, "");
      EXPECT_EQ(c.TryRecv().state, RecvState::kEmpty);
    }
    EXPECT_EQ(alive, 0);
  });
}

TEST_P(ChannelThrowTest, OfWhatIsInTheBufferGoesToTheReceiver) {
  Body([] {
    Fuseds c(1);
    c.Send(Fused(1));
    good_moves = 0;
    EXPECT_THROW(c.Recv(), std::runtime_error);
    EXPECT_EQ(c.Len(), 1u);
    EXPECT_EQ(c.Recv()->value, 1);
    EXPECT_EQ(alive, 0);
  });
}

TEST_P(ChannelThrowTest, AParkedReceiverWaitsOn) {
  Body([] {
    Fuseds c;
    WaitGroup wg;
    int got = 0;
    wg.Go([&] { got = c.Recv().value_or(Fused(-1)).value; });
    AwaitParked(WaitReason::kChanReceive, 1);
    good_moves = 0;
    EXPECT_THROW(c.Send(Fused(1)), std::runtime_error);
    good_moves = -1;
    c.Send(Fused(2));
    wg.Wait();
    EXPECT_EQ(got, 2);
    EXPECT_EQ(alive, 0);
  });
}

TEST_P(ChannelThrowTest, AParkedSelectWaitsOn) {
  Body([] {
    Fuseds c;
    Fuseds never;
    WaitGroup wg;
    int got = 0;
    const auto receive = [&](std::optional<Fused> v) { got = v ? v->value : -1; };
    wg.Go([&] {
      EXPECT_EQ(
          Select(OnRecv(never, receive), OnRecv(c, receive), OnTimeout(std::chrono::hours(1))), 1);
    });
    AwaitParked(WaitReason::kSelect, 1);
    good_moves = 0;
    EXPECT_THROW(c.Send(Fused(1)), std::runtime_error);
    good_moves = -1;
    c.Send(Fused(2));
    wg.Wait();
    EXPECT_EQ(got, 2);
    EXPECT_EQ(alive, 0);
  });
}

TEST_P(ChannelThrowTest, ASelectThatSendsGetsIt) {
  Body([] {
    Fuseds c;
    Fuseds never;
    WaitGroup wg;
    wg.Go([&] {
      EXPECT_THROW(Select(OnSend(never, Fused(1)), OnSend(c, Fused(2))), std::runtime_error);
      c.Send(Fused(3));
    });
    AwaitParked(WaitReason::kSelect, 1);
    good_moves = 0;
    EXPECT_EQ(c.Recv()->value, 3);
    wg.Wait();
    EXPECT_EQ(never.TryRecv().state, RecvState::kEmpty);
    EXPECT_EQ(alive, 0);
  });
}

}  // namespace
}  // namespace heddle
