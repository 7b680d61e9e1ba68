// What may go through a channel, and what each handle may be used for.
#include <any>
#include <array>
#include <concepts>
#include <memory>

#include "unit/everywhere.h"

namespace heddle {
namespace {

HEDDLE_EVERYWHERE(ChannelValueTest);

template <class C>
concept Sends = requires(const C& c, int v) {
  c.Send(v);
};
template <class C>
concept TriesToSend = requires(const C& c, int v) {
  c.TrySend(v);
};
template <class C>
concept SendsInSelect = requires(const C& c, int v) {
  OnSend(c, v);
};
template <class C>
concept Closes = requires(const C& c) {
  c.Close();
};
template <class C>
concept Receives = requires(const C& c) {
  c.Recv();
};
template <class C>
concept TriesToReceive = requires(const C& c) {
  c.TryRecv();
};
template <class C>
concept ReceivesInSelect = requires(const C& c) {
  OnRecv(c);
};
template <class C>
concept Ranges = requires(const C& c) {
  c.begin();
};

template <class C>
constexpr int kWaysOut = Sends<C> + TriesToSend<C> + SendsInSelect<C> + Closes<C>;
template <class C>
constexpr int kWaysIn = Receives<C> + TriesToReceive<C> + ReceivesInSelect<C> + Ranges<C>;

using Both = Channel<int>;
using Out = SendChannel<int>;
using In = RecvChannel<int>;

static_assert(kWaysOut<Both> == 4 && kWaysIn<Both> == 4);
static_assert(kWaysOut<Out> == 4 && kWaysIn<Out> == 0);
static_assert(kWaysOut<In> == 0 && kWaysIn<In> == 4);

static_assert(std::convertible_to<Both, Out> && std::convertible_to<Both, In>);
static_assert(!std::constructible_from<Both, In> && !std::constructible_from<Both, Out>);
static_assert(!std::constructible_from<In, Out> && !std::constructible_from<Out, In>);
static_assert(!std::assignable_from<Both&, In> && !std::assignable_from<Both&, Out>);

// Without waiting: an empty channel, one with a parked receiver, one with a parked sender.
template <class T>
void TryBothWays(const T& one, const T& other) {
  for (std::size_t capacity : {0, 1}) {
    Channel<T> c(capacity);
    EXPECT_EQ(c.TryRecv().state, RecvState::kEmpty);
    WaitGroup wg;
    wg.Go([&] { EXPECT_EQ(c.Recv(), one); });
    AwaitParked(WaitReason::kChanReceive, 1);
    T value = one;
    EXPECT_TRUE(c.TrySend(value));
    wg.Wait();
    if (capacity == 1) c.Send(one);
    wg.Go([&] { c.Send(other); });
    AwaitParked(WaitReason::kChanSend, 1);
    if (capacity == 1) {
      EXPECT_EQ(c.TryRecv().value, one);
    }
    EXPECT_EQ(c.TryRecv().value, other);
    EXPECT_EQ(c.TryRecv().state, RecvState::kEmpty);
    wg.Wait();
  }
}

TEST_P(ChannelValueTest, ViewsGoOneWayOnly) {
  Body([] {
    // The rest is asserted above, when it is compiled.
    const Both c(1);
    const Out out = c;
    const In in = c;
    out.Send(3);
    EXPECT_EQ(in.Recv(), 3);
    EXPECT_EQ(Select(OnSend(out, 4), OnDefault()), 0);
    EXPECT_EQ(Select(OnRecv(in, [](auto v) { EXPECT_EQ(v, 4); }), OnDefault()), 0);
  });
}

TEST_P(ChannelValueTest, TryingMeetsParkedTasksWhateverTheElement) {
  Body([] {
    TryBothWays<std::int32_t>(123, 234);
    TryBothWays<std::int64_t>(std::int64_t{1} << 40, 234567);
    TryBothWays<bool>(true, false);
    TryBothWays<std::string>("hello", "a text that is too long to be kept in the string itself");
    TryBothWays<std::array<int, 100>>({1, 2, 3}, {4, 5, 6});
  });
}

struct Nothing {};

template <class T>
void Signal() {
  for (std::size_t capacity : {0, 1, 5}) {
    Channel<T> c(capacity);
    WaitGroup wg;
    wg.Go([c] {
      for (int i = 0; i < 50; ++i) c.Send(T{});
      c.Close();
    });
    int received = 0;
    for ([[maybe_unused]] const T& v : c) ++received;
    EXPECT_EQ(received, 50);
    wg.Wait();
  }
}

TEST_P(ChannelValueTest, ElementsThatHoldNothing) {
  Body([] {
    Signal<Unit>();
    Signal<Nothing>();
    Signal<std::array<char, 0>>();
  });
}

TEST_P(ChannelValueTest, ChannelsOfChannels) {
  Body([] {
    // A server: each request brings the channel for its answer.
    struct Request {
      int number;
      SendChannel<int> answer;
    };
    Channel<Request> requests;
    WaitGroup wg;
    wg.Go([requests] {
      for (const Request& r : requests) r.answer.Send(r.number * r.number);
    });
    for (int i = 0; i < 50; ++i) {
      Channel<int> answer(1);
      requests.Send({i, answer});
      EXPECT_EQ(answer.Recv(), i * i);
    }
    requests.Close();
    wg.Wait();

    Channel<Channel<int>> inner(1);
    inner.Send(Channel<int>(1));
    EXPECT_EQ(Select(OnSend(inner.Recv().value(), 2), OnDefault()), 0);
  });
}

struct Shape {
  virtual ~Shape() = default;
  virtual int Corners() const { return 0; }
};
struct Triangle : Shape {
  int Corners() const override { return 3; }
};

TEST_P(ChannelValueTest, ValuesOfATypeKnownAtRunTime) {
  Body([] {
    Channel<std::any> c(1);
    c.Send(std::string("text"));
    EXPECT_EQ(Select(OnSend(c, std::any(1)), OnDefault()), 1);
    EXPECT_EQ(Select(OnSend(c, std::any(1)), OnSend(c, std::any(Nothing{})), OnDefault()), 2);
    EXPECT_EQ(std::any_cast<std::string>(c.Recv().value()), "text");

    Channel<std::shared_ptr<Shape>> shapes(1);
    auto triangle = std::make_shared<Triangle>();
    EXPECT_EQ(Select(OnSend(shapes, triangle), OnDefault()), 0);
    EXPECT_EQ(Select(OnSend(shapes, triangle), OnDefault()), 1);
    EXPECT_EQ(triangle.use_count(), 2);  // the one that was not sent is gone
    EXPECT_EQ(shapes.Recv().value()->Corners(), 3);
  });
}

}  // namespace
}  // namespace heddle
