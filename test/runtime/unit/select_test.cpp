// Select.
#include "unit/everywhere.h"

#include <atomic>

namespace heddle {
namespace {

using namespace std::chrono_literals;

HEDDLE_EVERYWHERE(SelectTest);

TEST_P(SelectTest, TakesTheReadyCaseAndReturnsItsIndex) {
  Body([] {
    Channel<int> a(1);
    Channel<std::string> b(1);
    b.Send("x");
    std::string got;
    auto take = [&](std::optional<std::string> v) { got = v.value_or(""); };
    EXPECT_EQ(Select(OnRecv(a), OnRecv(b, take)), 1);
    EXPECT_EQ(got, "x");
    bool sent = false;
    EXPECT_EQ(Select(OnRecv(b), OnSend(a, 5, [&] { sent = true; })), 1);
    EXPECT_TRUE(sent);
    EXPECT_EQ(a.Recv(), 5);
  });
}

TEST_P(SelectTest, DefaultWhenNothingIsReady) {
  Body([] {
    Channel<int> a;
    bool ran = false;
    EXPECT_EQ(Select(OnRecv(a), OnSend(a, 1), OnDefault([&] { ran = true; })), 2);
    EXPECT_TRUE(ran);
    EXPECT_EQ(Select(OnDefault()), 0);
  });
}

TEST_P(SelectTest, ClosedIsReadyAndEmpty) {
  Body([] {
    Channel<int> a;
    a.Close();
    bool empty = false;
    EXPECT_EQ(Select(OnRecv(a, [&](auto v) { empty = !v; }), OnDefault()), 0);
    EXPECT_TRUE(empty);
    EXPECT_PANIC(Select(OnSend(a, 1)), "send on closed channel");
  });
}

TEST_P(SelectTest, NilNeverFires) {
  Body([] {
    const Channel<int> nil = Channel<int>::Nil();
    EXPECT_EQ(Select(OnRecv(nil), OnSend(nil, 1), OnDefault()), 2);
    EXPECT_EQ(Select(OnRecv(nil), OnTimeout(1us)), 1);
  });
}

TEST_P(SelectTest, TimeoutFiresInTimeAndNotBefore) {
  Body([] {
    Channel<int> a;
    const auto start = std::chrono::steady_clock::now();
    bool ran = false;
    EXPECT_EQ(Select(OnRecv(a), OnTimeout(1h), OnTimeout(2ms, [&] { ran = true; })), 2);
    EXPECT_TRUE(ran);
    EXPECT_GE(std::chrono::steady_clock::now() - start, 2ms);
    EXPECT_EQ(Select(OnTimeout(-1s), OnRecv(a)), 0);
    Channel<int> ready(1);
    ready.Send(1);
    EXPECT_EQ(Select(OnTimeout(0s), OnRecv(ready)), 1);
  });
}

TEST_P(SelectTest, ParksUntilAnotherTaskComes) {
  Body([] {
    Channel<int> a;
    Channel<int> b;
    WaitGroup wg;
    wg.Go([&] {
      for (int i = 0; i < 300; ++i) (i % 2 == 0 ? a : b).Send(i);
    });
    for (int i = 0; i < 300; ++i) {
      int got = -1;
      const int chosen = Select(OnRecv(a, [&](auto v) { got = *v; }),
                                OnRecv(b, [&](auto v) { got = *v; }), OnTimeout(1h));
      EXPECT_EQ(chosen, i % 2);
      EXPECT_EQ(got, i);
    }
    wg.Wait();
  });
}

TEST_P(SelectTest, SelectAgainstSelect) {
  Body([] {
    Channel<int> a;
    Channel<int> b;
    std::atomic<int> received{0};
    WaitGroup wg;
    for (int t = 0; t < 4; ++t) {
      wg.Go([&] {
        for (int i = 0; i < 200; ++i) Select(OnSend(a, i), OnSend(b, i));
      });
      wg.Go([&] {
        for (int i = 0; i < 200; ++i) {
          Select(OnRecv(b, [&](auto v) { received += v.has_value(); }),
                 OnRecv(a, [&](auto v) { received += v.has_value(); }));
        }
      });
    }
    wg.Wait();
    EXPECT_EQ(received, 800);
  });
}

TEST_P(SelectTest, SameChannelTwiceAndBothWays) {
  Body([] {
    Channel<int> a;
    // It does not meet itself.
    EXPECT_EQ(Select(OnRecv(a), OnSend(a, 1), OnRecv(a), OnTimeout(200us)), 3);
    WaitGroup wg;
    wg.Go([&] { EXPECT_EQ(a.Recv(), 1); });
    EXPECT_EQ(Select(OnRecv(a), OnSend(a, 1), OnRecv(a)), 1);
    wg.Wait();
    EXPECT_EQ(a.Len(), 0u);
  });
}

TEST_P(SelectTest, ChoosesUniformly) {
  Body([] {
    Channel<int> c[3] = {Channel<int>(1), Channel<int>(1), Channel<int>(1)};
    int chosen[3] = {};
    constexpr int kRounds = 6000;
    for (int i = 0; i < kRounds; ++i) {
      for (const auto& one : c) {
        int v = 0;
        one.TrySend(v);
      }
      ++chosen[Select(OnRecv(c[0]), OnRecv(c[1]), OnRecv(c[2]))];
    }
    // Six standard deviations.
    for (int n : chosen) EXPECT_NEAR(n, kRounds / 3, 220);
  });
}

// Also where the case that is tried first is not ready, one time in three.
TEST_P(SelectTest, ChoosesUniformlyAmongTheReady) {
  Body([] {
    Channel<int> ready[2] = {Channel<int>(1), Channel<int>(1)};
    Channel<int> never;
    int chosen[3] = {};
    constexpr int kRounds = 6000;
    for (int i = 0; i < kRounds; ++i) {
      for (const auto& one : ready) {
        int v = 0;
        one.TrySend(v);
      }
      ++chosen[Select(OnRecv(ready[0]), OnRecv(never), OnRecv(ready[1]))];
    }
    EXPECT_EQ(chosen[1], 0);
    EXPECT_NEAR(chosen[0], kRounds / 2, 240);  // six standard deviations
  });
}

TEST_P(SelectTest, CloseWakesSenderAndReceiver) {
  Body([] {
    Channel<int> a;
    Channel<int> never;
    WaitGroup wg;
    wg.Go([&] { EXPECT_EQ(Select(OnRecv(never), OnRecv(a)), 1); });
    wg.Go([&] { EXPECT_EQ(Select(OnRecv(never), OnRecv(a), OnTimeout(1h)), 1); });
    Yield();
    a.Close();
    wg.Wait();
    Channel<int> b;
    wg.Go([&] {
      EXPECT_PANIC(Select(OnSend(b, 1), OnRecv(never)), "send on closed channel");
    });
    Yield();
    b.Close();
    wg.Wait();
  });
}

TEST_P(SelectTest, ManyCasesAndMoveOnlyValues) {
  Body([] {
    Channel<std::unique_ptr<int>> c[10];
    WaitGroup wg;
    wg.Go([&] { c[9].Send(std::make_unique<int>(4)); });
    int got = 0;
    auto take = [&](std::optional<std::unique_ptr<int>> v) { got = **v; };
    EXPECT_EQ(Select(OnRecv(c[0], take), OnRecv(c[1], take), OnRecv(c[2], take),
                     OnRecv(c[3], take), OnRecv(c[4], take), OnRecv(c[5], take),
                     OnRecv(c[6], take), OnRecv(c[7], take), OnRecv(c[8], take),
                     OnRecv(c[9], take)),
              9);
    EXPECT_EQ(got, 4);
    wg.Wait();
  });
}

TEST_P(SelectTest, HandlersMaySelectAndThrow) {
  Body([] {
    Channel<int> a(2);
    a.Send(1);
    a.Send(2);
    int inner = 0;
    Select(OnRecv(a, [&](auto) { Select(OnRecv(a, [&](auto v) { inner = *v; })); }));
    EXPECT_EQ(inner, 2);
    a.Send(3);
    EXPECT_PANIC(Select(OnRecv(a, [](auto) { panic("in handler"); })), "in handler");
    EXPECT_EQ(a.Len(), 0u);
  });
}

}  // namespace
}  // namespace heddle
