// Whole programs of goroutines and channels, with results that are known.
#include <array>
#include <atomic>
#include <cstdint>
#include <queue>
#include <vector>

#include "unit/everywhere.h"

namespace heddle {
namespace {

HEDDLE_EVERYWHERE(PipelineTest);

constexpr int kPrimes[] = {2,  3,  5,  7,  11, 13, 17, 19, 23, 29, 31, 37, 41,
                           43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97};

// Sends until `stop` is closed. Returns whether it went out.
template <class T>
bool SendOrStop(const SendChannel<T>& out, T value, const RecvChannel<Unit>& stop) {
  return Select(OnSend(out, std::move(value)), OnRecv(stop)) == 0;
}

// Each prime starts a goroutine that leaves out its multiples.
TEST_P(PipelineTest, SieveOfAChainOfFilters) {
  Body([] {
    Channel<Unit> stop;
    WaitGroup wg;
    Channel<int> numbers;
    wg.Go([=] {
      for (int i = 2; SendOrStop<int>(numbers, i, stop); ++i) {
      }
      numbers.Close();
    });
    for (int wanted : kPrimes) {
      const int prime = numbers.Recv().value();
      ASSERT_EQ(prime, wanted);
      Channel<int> rest;
      wg.Go([=] {
        for (int n : numbers) {
          if (n % prime != 0 && !SendOrStop<int>(rest, n, stop)) break;
        }
        rest.Close();
        for ([[maybe_unused]] int n : numbers) {
        }
      });
      numbers = rest;
    }
    stop.Close();
    for ([[maybe_unused]] int n : numbers) {
    }
    wg.Wait();
  });
}

// Multiples of all primes are merged in order; what is missing among the odd numbers is
// prime, and feeds back. Primes come faster than they are needed, so a goroutine between
// keeps any number of them.
TEST_P(PipelineTest, SieveWithFeedbackAndMerging) {
  Body([] {
    auto [ctx, cancel] = WithCancel(Background());
    const RecvChannel<Unit> stop = ctx.Done();
    WaitGroup wg;
    Channel<int> fed_back(1);
    Channel<int> needed(1);
    wg.Go([=] {  // the queue between the two
      std::queue<int> kept;
      for (bool over = false; !over;) {
        const Channel<int> out = kept.empty() ? Channel<int>::Nil() : needed;
        Select(OnRecv(fed_back, [&](std::optional<int> p) { kept.push(*p); }),
               OnSend(out, kept.empty() ? 0 : kept.front(), [&] { kept.pop(); }),
               OnRecv(stop, [&](auto) { over = true; }));
      }
    });
    Channel<int> composites(5);
    wg.Go([=] {
      struct Multiples {
        int next;
        int step;
        bool operator<(const Multiples& other) const { return next > other.next; }
      };
      std::priority_queue<Multiples> all;
      all.push({9, 6});
      int last = 3;  // the largest prime whose multiples are in `all`
      for (;;) {
        if (all.top().next >= (last + 2) * (last + 2)) {
          int prime = 0;
          Select(OnRecv(needed, [&](std::optional<int> p) { prime = *p; }), OnRecv(stop));
          if (prime == 0) return;
          all.push({prime * prime, 2 * prime});
          last = prime;
          continue;
        }
        Multiples first = all.top();
        all.pop();
        if (!SendOrStop<int>(composites, first.next, stop)) return;
        first.next += first.step;
        all.push(first);
      }
    });
    Channel<int> primes(2);
    wg.Go([=] {
      if (!SendOrStop<int>(primes, 2, stop) || !SendOrStop<int>(primes, 3, stop)) return;
      int odd = 5;
      for (;;) {
        int composite = 0;
        Select(OnRecv(composites, [&](std::optional<int> c) { composite = *c; }), OnRecv(stop));
        if (composite == 0) return;
        for (; odd < composite; odd += 2) {
          if (!SendOrStop<int>(fed_back, odd, stop) || !SendOrStop<int>(primes, odd, stop)) return;
        }
        if (odd == composite) odd += 2;
      }
    });
    for (int wanted : kPrimes) EXPECT_EQ(primes.Recv(), wanted);
    cancel();
    wg.Wait();
  });
}

// Power series whose coefficients are computed on demand, one goroutine an operation: one
// asks by a Unit and is answered by a coefficient.
class Series {
 public:
  using Number = std::int64_t;

  Series(WaitGroup& wg, RecvChannel<Unit> stop) : wg_(&wg), stop_(std::move(stop)) {}

  Number Next() const {
    asked_.Send({});
    return answer_.Recv().value();
  }

  // The coefficients that `next()` gives.
  template <class F>
  static Series Of(WaitGroup& wg, const RecvChannel<Unit>& stop, F next) {
    Series s(wg, stop);
    wg.Go([s, next]() mutable {
      while (s.Asked()) s.answer_.Send(next());
    });
    return s;
  }

  // Two series with the same coefficients, each read at its own pace: what only one has
  // read is kept for the other.
  std::array<Series, 2> Split() const {
    std::array<Series, 2> both = {Series(*wg_, stop_), Series(*wg_, stop_)};
    wg_->Go([from = *this, both] {
      std::queue<Number> ahead[2];
      for (;;) {
        const int who = Select(OnRecv(both[0].asked_), OnRecv(both[1].asked_), OnRecv(from.stop_));
        if (who == 2) return;
        if (ahead[who].empty()) {
          const Number n = from.Next();
          for (auto& queue : ahead) queue.push(n);
        }
        both[static_cast<std::size_t>(who)].answer_.Send(ahead[who].front());
        ahead[who].pop();
      }
    });
    return both;
  }

  Series Plus(const Series& other) const {
    return Of(*wg_, stop_, [=, *this] { return Next() + other.Next(); });
  }
  Series Derivative() const {
    return Of(*wg_, stop_, [*this, k = Number{0}]() mutable {
      if (k == 0) Next();
      return ++k * Next();
    });
  }
  // (a + xA)(b + xB) = ab + x(aB + bA + xAB)
  Series Times(const Series& other) const {
    return Of(*wg_, stop_,
              [*this, other, a = std::vector<Number>(), b = std::vector<Number>()]() mutable {
                a.push_back(Next());
                b.push_back(other.Next());
                Number sum = 0;
                for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[b.size() - 1 - i];
                return sum;
              });
  }

 private:
  bool Asked() const { return Select(OnRecv(asked_), OnRecv(stop_)) == 0; }

  WaitGroup* wg_;
  RecvChannel<Unit> stop_;
  Channel<Unit> asked_;
  Channel<Number> answer_;
};

TEST_P(PipelineTest, PowerSeriesOnDemand) {
  Body([] {
    WaitGroup wg;
    Channel<Unit> stop;
    // 1/(1-x) = 1 + x + x^2 + ...; its square and its derivative are both 1 + 2x + 3x^2 + ...
    auto [a, b] = Series::Of(wg, stop, [] { return 1; }).Split();
    auto [b1, b2] = b.Split();
    const Series square = a.Times(b1);
    const Series derivative = b2.Derivative();
    auto [square1, square2] = square.Split();
    for (int k = 1; k <= 12; ++k) EXPECT_EQ(derivative.Next(), k);
    for (int k = 1; k <= 10; ++k) EXPECT_EQ(square1.Next(), k);
    // The other half of the split starts from the beginning: the cube's coefficients are
    // the triangular numbers, sums of those of the square.
    auto [c, d] = Series::Of(wg, stop, [] { return 1; }).Split();
    const Series cube = square2.Times(c);
    for (int k = 1; k <= 12; ++k) EXPECT_EQ(cube.Next(), k * (k + 1) / 2);
    const Series sum = cube.Plus(d);
    for (int k = 13; k <= 15; ++k) EXPECT_EQ(sum.Next(), k * (k + 1) / 2 + 1);
    stop.Close();
    wg.Wait();
  });
}

// Each of many hands on what it gets from the next.
TEST_P(PipelineTest, ADaisyChainOfThousands) {
  Body([] {
    constexpr int kLinks = 2000;  // under TSan there may be some 8,000
    const Channel<int> leftmost;
    Channel<int> right = leftmost;
    WaitGroup wg;
    for (int i = 0; i < kLinks; ++i) {
      const Channel<int> left = right;
      right = Channel<int>();
      wg.Go([left, right] { left.Send(1 + right.Recv().value()); });
    }
    right.Send(1);
    EXPECT_EQ(leftmost.Recv(), kLinks + 1);
    wg.Wait();
  });
}

// Work goes through many hands at once, some of which dawdle; all of it comes out.
TEST_P(PipelineTest, ManyWorkersBetweenTwoQueues) {
  Body([] {
    constexpr int kWorkers = 23;
    constexpr int kItems = 5000;
    Channel<int> work(kWorkers * 3);
    Channel<int> results(kWorkers * 3);
    WaitGroup workers;
    for (int w = 0; w < kWorkers; ++w) {
      workers.Go([=] {
        for (int v : work) {
          if (v == kPrimes[w % 10]) Yield();
          results.Send(v);
        }
      });
    }
    std::int64_t expected = 0;
    WaitGroup feeder;
    feeder.Go([&] {
      for (int i = 0; i < kItems; ++i) {
        expected += kPrimes[i % 10];
        work.Send(kPrimes[i % 10]);
      }
      work.Close();
      workers.Wait();
      results.Close();
    });
    std::int64_t sum = 0;
    int count = 0;
    for (int v : results) {
      sum += v;
      ++count;
    }
    feeder.Wait();
    EXPECT_EQ(count, kItems);
    EXPECT_EQ(sum, expected);
  });
}

}  // namespace
}  // namespace heddle
