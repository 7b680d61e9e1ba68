// Tasks that wait for a channel: in what order they are served, and what they see of a
// channel that is closed at the same time.
#include <atomic>
#include <vector>

#include "unit/everywhere.h"

namespace heddle {
namespace {

HEDDLE_EVERYWHERE(ChannelWaitTest);

constexpr int kTasks = 10;

TEST_P(ChannelWaitTest, ParkedSendersAreServedInOrder) {
  Body([] {
    for (std::size_t capacity : {0, 3}) {
      Channel<int> c(capacity);
      WaitGroup wg;
      for (std::size_t i = 0; i < capacity; ++i) c.Send(-1);
      for (int i = 0; i < kTasks; ++i) {
        wg.Go([c, i] { c.Send(i); });
        AwaitParked(WaitReason::kChanSend, i + 1);
      }
      for (std::size_t i = 0; i < capacity; ++i) EXPECT_EQ(c.Recv(), -1);
      for (int i = 0; i < kTasks; ++i) EXPECT_EQ(c.Recv(), i);
      wg.Wait();
    }
  });
}

TEST_P(ChannelWaitTest, ParkedReceiversAreServedInOrder) {
  Body([] {
    Channel<int> c(2);
    WaitGroup wg;
    for (int i = 0; i < kTasks; ++i) {
      wg.Go([c, i] { EXPECT_EQ(c.Recv(), i); });
      AwaitParked(WaitReason::kChanReceive, i + 1);
    }
    for (int i = 0; i < kTasks; ++i) c.Send(i);
    wg.Wait();
  });
}

// Each receiver waits for the one before it to have received.
TEST_P(ChannelWaitTest, ReceiversThatTakeTurnsSeeTheSendersOrder) {
  Body([] {
    Channel<int> c;
    Channel<Unit> first(1);
    Channel<Unit> turn = first;
    WaitGroup wg;
    for (int i = 0; i < kTasks; ++i) {
      Channel<Unit> next(1);
      wg.Go([=] {
        turn.Recv();
        EXPECT_EQ(c.Recv(), i);
        next.Send({});
      });
      turn = next;
    }
    first.Send({});
    for (int i = 0; i < kTasks; ++i) c.Send(i);
    turn.Recv();
    wg.Wait();
  });
}

// There is a value or it is closed, at every moment.
TEST_P(ChannelWaitTest, TryRecvNeverFindsItEmptyWhileItIsClosed) {
  Body([] {
    for (int i = 0; i < 500; ++i) {
      Channel<int> c(1);
      c.Send(1);
      WaitGroup wg;
      std::atomic<int> values{0};
      wg.Go([&] {
        const auto got = c.TryRecv();
        EXPECT_NE(got.state, RecvState::kEmpty);
        values += got.value.has_value();
      });
      c.Close();
      values += c.Recv().has_value();
      wg.Wait();
      EXPECT_EQ(values, 1);
    }
  });
}

// Senders that a close overtakes panic; what was sent before is received, once.
TEST_P(ChannelWaitTest, CloseAmongSendersLosesNothing) {
  Body([] {
    for (int round = 0; round < 50; ++round) {
      Channel<int> c(static_cast<std::size_t>(round % 3));
      WaitGroup wg;
      std::atomic<int> sent{0};
      std::atomic<int> finished{0};
      std::atomic<int> panicked{0};
      for (int t = 0; t < 4; ++t) {
        wg.Go([&] {
          try {
            for (int i = 0; i < 5; ++i) {
              c.Send(i);
              ++sent;
            }
            ++finished;
          } catch (const Panic&) {
            ++panicked;
          }
        });
      }
      int received = 0;
      for (int i = 0; i < round % 7; ++i) received += c.Recv().has_value();
      c.Close();
      while (c.Recv()) ++received;
      wg.Wait();
      EXPECT_EQ(received, sent);
      EXPECT_EQ(finished + panicked, 4);
    }
  });
}

// What a parked task has pointers to stays where it is, however long it waits.
TEST_P(ChannelWaitTest, AddressesOnAStackOutlastAWait) {
  Body([] {
    Channel<int*> c;
    Channel<Unit> changed;
    WaitGroup wg;
    for (int t = 0; t < kTasks; ++t) {
      wg.Go([=] {
        int mine = t;
        int* const at = &mine;
        c.Send(at);
        changed.Recv();  // 100 is added meanwhile
        EXPECT_EQ(at, &mine);
        EXPECT_EQ(mine, t + 100);
      });
    }
    std::vector<int*> all;
    for (int t = 0; t < kTasks; ++t) all.push_back(c.Recv().value());
    AwaitParked(WaitReason::kChanReceive, kTasks);
    // Others come and go on stacks of their own meanwhile.
    WaitGroup others;
    for (int i = 0; i < 500; ++i) {
      others.Go([] {
        volatile char frame[32 << 10];
        for (std::size_t at = 0; at < sizeof(frame); at += 1024) frame[at] = 1;
        Yield();
      });
    }
    others.Wait();
    for (int* value : all) *value += 100;
    for (int t = 0; t < kTasks; ++t) changed.Send({});
    wg.Wait();
  });
}

}  // namespace
}  // namespace heddle
