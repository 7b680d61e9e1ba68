// What a channel does at each capacity: when it parks, what it keeps, in what order.
#include <atomic>
#include <map>

#include "unit/everywhere.h"

namespace heddle {
namespace {

HEDDLE_EVERYWHERE(ChannelCapacityTest);

constexpr std::size_t kCapacities[] = {0, 1, 2, 7, 64};

// A channel of `capacity` that holds 0, 1, ... up to it.
Channel<int> Full(std::size_t capacity) {
  Channel<int> c(capacity);
  for (std::size_t i = 0; i < capacity; ++i) c.Send(static_cast<int>(i));
  return c;
}

TEST_P(ChannelCapacityTest, ReceiversParkWhileItIsEmpty) {
  Body([] {
    for (std::size_t capacity : kCapacities) {
      Channel<int> c(capacity);
      WaitGroup wg;
      std::atomic<int> sum{0};
      for (int i = 0; i < 2; ++i) wg.Go([&, c] { sum += c.Recv().value(); });
      AwaitParked(WaitReason::kChanReceive, 2);
      EXPECT_EQ(c.TryRecv().state, RecvState::kEmpty) << capacity;
      EXPECT_EQ(c.Len(), 0u);
      c.Send(1);
      c.Send(2);
      wg.Wait();
      EXPECT_EQ(sum, 3) << capacity;
    }
  });
}

TEST_P(ChannelCapacityTest, SendersParkWhileItIsFull) {
  Body([] {
    for (std::size_t capacity : kCapacities) {
      Channel<int> c = Full(capacity);
      WaitGroup wg;
      wg.Go([c] { c.Send(-1); });
      AwaitParked(WaitReason::kChanSend, 1);
      int value = 5;
      EXPECT_FALSE(c.TrySend(value)) << capacity;
      EXPECT_EQ(c.Len(), capacity);
      for (std::size_t i = 0; i < capacity; ++i) EXPECT_EQ(c.Recv(), static_cast<int>(i));
      EXPECT_EQ(c.Recv(), -1) << capacity;
      wg.Wait();
    }
  });
}

TEST_P(ChannelCapacityTest, ClosedItGivesWhatItHoldsAndThenNothing) {
  Body([] {
    for (std::size_t capacity : kCapacities) {
      Channel<int> c = Full(capacity);
      c.Close();
      for (std::size_t i = 0; i < capacity; ++i) EXPECT_EQ(c.Recv(), static_cast<int>(i));
      for (int i = 0; i < 3; ++i) {
        EXPECT_EQ(c.Recv(), std::nullopt) << capacity;
        EXPECT_EQ(c.TryRecv().state, RecvState::kClosed) << capacity;
      }
    }
  });
}

TEST_P(ChannelCapacityTest, CloseLetsAParkedReceiverGo) {
  Body([] {
    for (std::size_t capacity : kCapacities) {
      Channel<int> c(capacity);
      WaitGroup wg;
      wg.Go([c] { EXPECT_EQ(c.Recv(), std::nullopt); });
      AwaitParked(WaitReason::kChanReceive, 1);
      c.Close();
      wg.Wait();
    }
  });
}

TEST_P(ChannelCapacityTest, ValuesOfOneSenderStayInOrder) {
  Body([] {
    for (std::size_t capacity : kCapacities) {
      Channel<int> c(capacity);
      WaitGroup wg;
      wg.Go([c] {
        for (int i = 0; i < 200; ++i) c.Send(i);
      });
      for (int i = 0; i < 200; ++i) ASSERT_EQ(c.Recv(), i) << capacity;
      wg.Wait();
    }
  });
}

TEST_P(ChannelCapacityTest, EveryValueArrivesOnce) {
  Body([] {
    constexpr int kTasks = 4;
    constexpr int kEach = 300;
    for (std::size_t capacity : kCapacities) {
      Channel<int> c(capacity);
      Channel<std::map<int, int>> counts;
      WaitGroup wg;
      for (int t = 0; t < kTasks; ++t) {
        wg.Go([c] {
          for (int i = 0; i < kEach; ++i) c.Send(i);
        });
        wg.Go([c, counts] {
          std::map<int, int> seen;
          for (int i = 0; i < kEach; ++i) ++seen[c.Recv().value()];
          counts.Send(std::move(seen));
        });
      }
      std::map<int, int> all;
      for (int t = 0; t < kTasks; ++t) {
        const std::map<int, int> seen = counts.Recv().value();
        for (auto [value, times] : seen) all[value] += times;
      }
      wg.Wait();
      EXPECT_EQ(all.size(), static_cast<std::size_t>(kEach)) << capacity;
      for (auto [value, times] : all) EXPECT_EQ(times, kTasks) << value;
    }
  });
}

TEST_P(ChannelCapacityTest, LenAndCap) {
  Body([] {
    for (std::size_t capacity : kCapacities) {
      EXPECT_EQ(Channel<int>(capacity).Len(), 0u);
      EXPECT_EQ(Channel<int>(capacity).Cap(), capacity);
      EXPECT_EQ(Full(capacity).Len(), capacity);
      EXPECT_EQ(Full(capacity).Cap(), capacity);
    }
    EXPECT_EQ(Channel<int>::Nil().Len(), 0u);
    EXPECT_EQ(Channel<int>::Nil().Cap(), 0u);
  });
}

}  // namespace
}  // namespace heddle
