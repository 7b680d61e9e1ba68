// Channel and its views.
#include "unit/everywhere.h"

#include <atomic>
#include <memory>
#include <stdexcept>
#include <vector>

namespace heddle {
namespace {

HEDDLE_EVERYWHERE(ChannelTest);

TEST_P(ChannelTest, UnbufferedPassesValuesInOrder) {
  Body([] {
    Channel<int> c;
    WaitGroup wg;
    wg.Go([c] {
      for (int i = 0; i < 1000; ++i) c.Send(i);
      c.Close();
    });
    int expected = 0;
    for (const int& v : c) EXPECT_EQ(v, expected++);
    EXPECT_EQ(expected, 1000);
    wg.Wait();
  });
}

TEST_P(ChannelTest, BufferedLenAndCap) {
  Body([] {
    Channel<std::string> c(2);
    EXPECT_EQ(c.Len(), 0u);
    EXPECT_EQ(c.Cap(), 2u);
    c.Send("a");
    c.Send("b");
    EXPECT_EQ(c.Len(), 2u);
    std::string more = "c";
    EXPECT_FALSE(c.TrySend(more));
    EXPECT_EQ(more, "c");
    EXPECT_EQ(c.Recv(), "a");
    EXPECT_TRUE(c.TrySend(more));
    c.Close();
    EXPECT_EQ(c.Recv(), "b");
    EXPECT_EQ(c.Recv(), "c");
    EXPECT_EQ(c.Recv(), std::nullopt);
  });
}

TEST_P(ChannelTest, TryRecvTellsEmptyFromClosed) {
  Body([] {
    Channel<int> c(1);
    EXPECT_EQ(c.TryRecv().state, RecvState::kEmpty);
    c.Send(4);
    auto got = c.TryRecv();
    EXPECT_EQ(got.state, got.kValue);
    EXPECT_EQ(got.value, 4);
    c.Close();
    EXPECT_EQ(c.TryRecv().state, RecvState::kClosed);
    EXPECT_EQ(Channel<int>::Nil().TryRecv().state, RecvState::kEmpty);
  });
}

TEST_P(ChannelTest, TrySendNeedsAWaitingReceiver) {
  Body([] {
    Channel<int> c;
    int value = 3;
    EXPECT_FALSE(c.TrySend(value));
    WaitGroup wg;
    wg.Go([&] { EXPECT_EQ(c.Recv(), 3); });
    AwaitTrue([&] { return c.TrySend(value); });
    wg.Wait();
  });
}

TEST_P(ChannelTest, MisusePanics) {
  Body([] {
    Channel<int> c(1);
    c.Close();
    EXPECT_PANIC(c.Send(1), "send on closed channel");
    int v = 1;
    EXPECT_PANIC(c.TrySend(v), "send on closed channel");
    EXPECT_PANIC(c.Close(), "close of closed channel");
    EXPECT_PANIC(Channel<int>::Nil().Close(), "close of nil channel");
  });
}

TEST_P(ChannelTest, CloseWakesEveryReceiver) {
  Body([] {
    Channel<int> c;
    WaitGroup wg;
    std::atomic<int> empty{0};
    for (int i = 0; i < 30; ++i) {
      wg.Go([&] {
        if (!c.Recv()) ++empty;
      });
    }
    Yield();
    c.Close();
    wg.Wait();
    EXPECT_EQ(empty, 30);
  });
}

TEST_P(ChannelTest, CloseMakesParkedSendersPanic) {
  Body([] {
    Channel<int> c(1);
    c.Send(0);
    WaitGroup wg;
    std::atomic<int> panicked{0};
    for (int i = 0; i < 5; ++i) {
      wg.Go([&] {
        EXPECT_PANIC(c.Send(1), "send on closed channel");
        ++panicked;
      });
    }
    Yield();
    c.Close();
    wg.Wait();
    EXPECT_EQ(panicked, 5);
    EXPECT_EQ(c.Recv(), 0);
    EXPECT_EQ(c.Recv(), std::nullopt);
  });
}

TEST_P(ChannelTest, HandlesShareTheChannel) {
  Body([] {
    Channel<int> c(1);
    Channel<int> same = c;
    SendChannel<int> out = c;
    RecvChannel<int> in = c;
    EXPECT_TRUE(c == same);
    EXPECT_TRUE(c == in);
    EXPECT_TRUE(c != Channel<int>(1));
    EXPECT_TRUE(c);
    EXPECT_FALSE(Channel<int>::Nil());
    EXPECT_TRUE(Channel<int>::Nil() == Channel<int>::Nil());
    out.Send(8);
    EXPECT_EQ(in.Recv(), 8);
    out.Close();
    EXPECT_EQ(same.Recv(), std::nullopt);
  });
}

TEST_P(ChannelTest, MoveOnlyLargeAndSharedValues) {
  Body([] {
    Channel<std::unique_ptr<int>> owners(1);
    owners.Send(std::make_unique<int>(6));
    EXPECT_EQ(**owners.Recv(), 6);

    struct Large {
      char bytes[5000];
    };
    Channel<Large> large;
    WaitGroup wg;
    wg.Go([&] {
      Large value{};
      value.bytes[4999] = 9;
      large.Send(value);
    });
    EXPECT_EQ(large.Recv()->bytes[4999], 9);
    wg.Wait();

    auto shared = std::make_shared<int>(1);
    {
      Channel<std::shared_ptr<int>> c(4);
      for (int i = 0; i < 3; ++i) c.Send(shared);
      c.Recv();
      EXPECT_EQ(shared.use_count(), 3);
    }
    EXPECT_EQ(shared.use_count(), 1);  // what was buffered is destroyed with the channel
  });
}

struct ThrowsWhenMoved {
  bool armed = false;
  explicit ThrowsWhenMoved(bool armed) : armed(armed) {}
  ThrowsWhenMoved(ThrowsWhenMoved&& other) : armed(other.armed) {
    if (armed) throw std::runtime_error("moved");
  }
};

TEST_P(ChannelTest, ThrowingMoveLeavesTheChannelUsable) {
  Body([] {
    Channel<ThrowsWhenMoved> c(1);
    ThrowsWhenMoved bad(true);
    EXPECT_THROW(c.TrySend(bad), std::runtime_error);
    EXPECT_EQ(c.Len(), 0u);
    ThrowsWhenMoved good(false);
    EXPECT_TRUE(c.TrySend(good));
    EXPECT_TRUE(c.Recv().has_value());
  });
}

TEST_P(ChannelTest, ManyToMany) {
  for (std::size_t capacity : {0, 1, 7}) {
    Body([capacity] {
      Channel<int> c(capacity);
      WaitGroup senders;
      WaitGroup receivers;
      std::atomic<long> sum{0};
      for (int s = 0; s < 4; ++s) {
        senders.Go([&] {
          for (int i = 1; i <= 500; ++i) c.Send(i);
        });
        receivers.Go([&] {
          for (int v : c) sum += v;
        });
      }
      senders.Wait();
      c.Close();
      receivers.Wait();
      EXPECT_EQ(sum, 4 * 500 * 501 / 2);
    });
  }
}

TEST_P(ChannelTest, BetweenGoroutinesAndThreads) {
  Body([] {
    Channel<int> there;
    Channel<int> back;
    std::thread echo([=] {
      for (int v : there) back.Send(v + 1);
      back.Close();
    });
    for (int i = 0; i < 200; ++i) {
      there.Send(i);
      EXPECT_EQ(back.Recv(), i + 1);
    }
    there.Close();
    EXPECT_EQ(back.Recv(), std::nullopt);
    Blocking([&] { echo.join(); });
  });
}

}  // namespace
}  // namespace heddle
