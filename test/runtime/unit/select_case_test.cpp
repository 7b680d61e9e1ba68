// Single selects: which case is taken, and what becomes of the others.
#include <array>
#include <functional>
#include <vector>

#include "unit/everywhere.h"
#include "unit/memory.h"

namespace heddle {
namespace {

HEDDLE_EVERYWHERE(SelectCaseTest);

// Five cases, of which one is ready; the others are on nil channels and on channels that
// nobody else has, in every combination.
TEST_P(SelectCaseTest, TheReadyOneIsFoundAmongAllOthers) {
  Body([] {
    const Channel<int> ready(1);
    for (unsigned mask = 0; mask < 32; ++mask) {
      for (int at = 0; at < 5; ++at) {
        std::array<Channel<int>, 5> c = {Channel<int>(), Channel<int>(), Channel<int>(),
                                         Channel<int>(), Channel<int>()};
        for (unsigned i = 0; i < 5; ++i) {
          if ((mask >> i & 1) != 0) c[i] = Channel<int>::Nil();
        }
        c[static_cast<std::size_t>(at)] = ready;
        int got = 0;
        std::array<bool, 5> ran{};
        auto take = [&](int which) {
          return [&, which](std::optional<int> v) {
            ran[static_cast<std::size_t>(which)] = true;
            got = v.value();
          };
        };
        auto sent = [&] { ran[2] = true; };
        // Cases 0, 1, 3, 4 receive, case 2 sends.
        if (at != 2) ready.Send(at + 1);
        EXPECT_EQ(Select(OnRecv(c[0], take(0)), OnRecv(c[1], take(1)), OnSend(c[2], 3, sent),
                         OnRecv(c[3], take(3)), OnRecv(c[4], take(4))),
                  at);
        if (at == 2) got = ready.Recv().value();
        EXPECT_EQ(got, at + 1);
        for (int i = 0; i < 5; ++i) EXPECT_EQ(ran[static_cast<std::size_t>(i)], i == at);

        // The same with a default, which is not taken; and with nothing ready it is.
        ran = {};
        if (at != 2) ready.Send(1);
        EXPECT_EQ(Select(OnRecv(c[0], take(0)), OnDefault(), OnRecv(c[1], take(1)),
                         OnSend(c[2], 3, sent), OnRecv(c[3], take(3)), OnRecv(c[4], take(4))),
                  at == 0 ? 0 : at + 1);
        if (at == 2) ready.Recv();
        if (at == 2) ready.Send(7);  // full: the send is not ready either
        EXPECT_EQ(Select(OnRecv(c[0]), OnRecv(c[1]), OnDefault(), OnSend(c[2], 3), OnRecv(c[3]),
                         OnRecv(c[4])),
                  2);
        ready.TryRecv();
      }
    }
  });
}

TEST_P(SelectCaseTest, ACaseWhoseChannelBecomesNilDropsOut) {
  Body([] {
    const Channel<int> a(1);
    const Channel<int> b(1);
    auto fill = [](Channel<int> x, Channel<int> y) {
      int sent = 0;
      for (;;) {
        const int which = Select(OnSend(x, 1 << sent), OnSend(y, 1 << sent), OnDefault());
        if (which == 2) return sent;
        (which == 0 ? x : y) = Channel<int>::Nil();
        ++sent;
      }
    };
    EXPECT_EQ(fill(a, b), 2);
    EXPECT_EQ(a.Recv().value() | b.Recv().value(), 3);
    EXPECT_EQ(fill(a, Channel<int>::Nil()), 1);
  });
}

// A select that waits is in the queue of every channel, twice if it names it twice. When
// another case is taken it leaves them as they were: those behind it are still served.
TEST_P(SelectCaseTest, ALosingCaseLeavesItsQueueWhole) {
  Body([] {
    Channel<int> crowded;
    Channel<int> other;
    WaitGroup wg;
    wg.Go([&] { EXPECT_EQ(crowded.Recv(), 1); });
    AwaitParked(WaitReason::kChanReceive, 1);
    wg.Go([&] {
      EXPECT_EQ(Select(OnRecv(crowded), OnRecv(other), OnRecv(crowded)), 1);
      EXPECT_EQ(crowded.Recv(), 3);
    });
    AwaitParked(WaitReason::kSelect, 1);
    wg.Go([&] { EXPECT_EQ(crowded.Recv(), 2); });
    AwaitParked(WaitReason::kChanReceive, 2);
    other.Send(0);
    AwaitParked(WaitReason::kChanReceive, 3);  // first, the select's task last
    for (int i = 1; i <= 3; ++i) crowded.Send(i);
    wg.Wait();
  });
}

// The same for senders, with the select alone in the queue and last in it.
TEST_P(SelectCaseTest, ALosingSendLeavesItsQueueWhole) {
  Body([] {
    Channel<int> crowded;
    Channel<int> other;
    WaitGroup wg;
    wg.Go([&] { EXPECT_EQ(Select(OnSend(crowded, 0), OnSend(crowded, 0), OnRecv(other)), 2); });
    AwaitParked(WaitReason::kSelect, 1);
    other.Send(0);
    wg.Wait();
    EXPECT_EQ(crowded.TryRecv().state, RecvState::kEmpty);
    wg.Go([&] { crowded.Send(1); });
    AwaitParked(WaitReason::kChanSend, 1);
    wg.Go([&] { EXPECT_EQ(Select(OnSend(crowded, 0), OnRecv(other)), 1); });
    AwaitParked(WaitReason::kSelect, 1);
    other.Send(0);
    EXPECT_EQ(crowded.Recv(), 1);
    EXPECT_EQ(crowded.TryRecv().state, RecvState::kEmpty);
    wg.Wait();
  });
}

// Plain, in a select of one, in a select of two: each way to send meets each to receive.
TEST_P(SelectCaseTest, EveryWayToSendMeetsEveryWayToReceive) {
  Body([] {
    const std::vector<std::function<void(Channel<int>)>> receive = {
        [](const Channel<int>& c) { c.Recv(); },
        [](const Channel<int>& c) { Select(OnRecv(c)); },
        [](const Channel<int>& c) { Select(OnRecv(c), OnRecv(Channel<int>())); },
    };
    const std::vector<std::function<void(Channel<int>)>> send = {
        [](const Channel<int>& c) { c.Send(1); },
        [](const Channel<int>& c) { Select(OnSend(c, 1)); },
        [](const Channel<int>& c) { Select(OnSend(c, 1), OnSend(Channel<int>(), 1)); },
    };
    for (const auto& r : receive) {
      for (const auto& s : send) {
        for (const bool receiver_first : {true, false}) {
          Channel<int> c;
          WaitGroup wg;
          wg.Go(receiver_first ? r : s, c);
          AwaitTrue([] {
            return CountParked(WaitReason::kSelect) + CountParked(WaitReason::kChanReceive) +
                       CountParked(WaitReason::kChanSend) ==
                   1;
          });
          (receiver_first ? s : r)(c);
          wg.Wait();
        }
      }
    }
  });
}

TEST_P(SelectCaseTest, CasesThatAreNeverReadyDoNotTiltTheChoice) {
  Body([] {
    constexpr int kRounds = 4000;
    const Channel<int> never;
    const Channel<int> a(1);
    const Channel<int> b(1);
    int chosen[4] = {};
    for (int i = 0; i < kRounds; ++i) {
      for (int v = 0; const Channel<int>& c : {a, b}) c.TrySend(v);
      ++chosen[Select(OnRecv(never), OnRecv(Channel<int>::Nil()), OnRecv(a), OnRecv(b))];
    }
    EXPECT_NEAR(chosen[2], kRounds / 2, 220);  // seven standard deviations
    EXPECT_EQ(chosen[2] + chosen[3], kRounds);
  });
}

TEST_P(SelectCaseTest, SelectsLeaveNoMemoryBehind) {
  Body([] {
    constexpr int kSelects = 5000;
    const Channel<int> c;
    const Channel<int> never;
    auto many = [&] {
      WaitGroup wg;
      wg.Go([&] {
        for (int i = 0; i < kSelects; ++i) c.Send(1);
      });
      for (int i = 0; i < kSelects; ++i) {
        EXPECT_NE(Select(OnRecv(c), OnRecv(never), OnTimeout(std::chrono::hours(1))), 1);
      }
      wg.Wait();
    };
    many();
    const std::size_t before = AllocatedBytes();
    many();
    EXPECT_LT(AllocatedBytes(), before + 64 * 1024);  // 13 bytes a select
  });
}

}  // namespace
}  // namespace heddle
