// Random traffic over channels, selects, locks, wait groups and timers from goroutines
// and threads, for as many seconds as the first argument says. A lost wake-up shows as a
// deadlock report, a lost value as a wrong sum. Prints its seed; the second argument
// gives one.
#include <heddle/heddle.h>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <random>
#include <thread>
#include <vector>

namespace {

using namespace std::chrono_literals;
using Random = std::mt19937;

int Pick(Random& random, int n) {
  return static_cast<int>(random() % static_cast<unsigned>(n));
}

void Require(bool condition, const char* what) {
  if (condition) return;
  std::fprintf(stderr, "stress: %s\n", what);
  std::abort();
}

// Senders and receivers, plain and by select, over two channels; every value arrives.
void Traffic(Random& random) {
  const heddle::Channel<int> a(static_cast<std::size_t>(Pick(random, 4)));
  const heddle::Channel<int> b(static_cast<std::size_t>(Pick(random, 2)));
  const int senders = 1 + Pick(random, 6);
  const int receivers = 1 + Pick(random, 6);
  const int each = 1 + Pick(random, 200);
  std::atomic<std::int64_t> sum{0};
  heddle::WaitGroup sending;
  heddle::WaitGroup receiving;
  for (int s = 0; s < senders; ++s) {
    sending.Go([&, way = Pick(random, 3)] {
      for (int i = 1; i <= each; ++i) {
        if (way == 0) {
          a.Send(i);
        } else if (way == 1) {
          b.Send(i);
        } else {
          while (heddle::Select(heddle::OnSend(a, i), heddle::OnSend(b, i),
                                heddle::OnTimeout(50us)) == 2) {
          }
        }
      }
    });
  }
  for (int r = 0; r < receivers; ++r) {
    receiving.Go([&, yields = Pick(random, 2)] {
      heddle::Channel<int> from_a = a;
      heddle::Channel<int> from_b = b;
      while (from_a || from_b) {
        heddle::Select(heddle::OnRecv(from_a,
                                      [&](std::optional<int> v) {
                                        if (v) sum += *v;
                                        else from_a = heddle::Channel<int>::Nil();
                                      }),
                       heddle::OnRecv(from_b, [&](std::optional<int> v) {
                         if (v) sum += *v;
                         else from_b = heddle::Channel<int>::Nil();
                       }));
        if (yields != 0) heddle::Yield();
      }
    });
  }
  sending.Wait();
  a.Close();
  b.Close();
  receiving.Wait();
  Require(sum == std::int64_t{senders} * each * (each + 1) / 2, "values lost");
}

// Counters under a mutex, a read-write mutex and a semaphore, with a condition to end.
void Locks(Random& random) {
  heddle::Mutex mutex;
  heddle::Cond cond(mutex);
  heddle::RWMutex rw;
  heddle::Semaphore permits(1 + Pick(random, 3));
  const int tasks = 2 + Pick(random, 6);
  const int each = 1 + Pick(random, 200);
  int under_mutex = 0;
  int under_rw = 0;
  int ended = 0;
  for (int t = 0; t < tasks; ++t) {
    heddle::go([&, yields = Pick(random, 3)] {
      for (int i = 0; i < each; ++i) {
        {
          heddle::MutexLock lock(mutex);
          if (yields == 1) heddle::Yield();
          ++under_mutex;
        }
        if (i % 3 == 0) {
          heddle::WriterLock lock(rw);
          ++under_rw;
        } else {
          heddle::ReaderLock lock(rw);
          if (yields == 2) heddle::Yield();
          Require(under_rw >= 0, "reader");
        }
        permits.Acquire();
        permits.Release();
      }
      heddle::MutexLock lock(mutex);
      if (++ended == tasks) cond.Signal();
    });
  }
  {
    heddle::MutexLock lock(mutex);
    while (ended < tasks) cond.Wait();
  }
  Require(under_mutex == tasks * each, "mutex");
  Require(under_rw == tasks * ((each + 2) / 3), "rw mutex");
}

// Wait groups that die as soon as they may, sleeps, blocking calls, ticking.
void Lives(Random& random) {
  for (int round = Pick(random, 20); round >= 0; --round) {
    auto wg = std::make_unique<heddle::WaitGroup>();
    for (int t = Pick(random, 20); t >= 0; --t) {
      wg->Go([kind = Pick(random, 8)] {
        if (kind == 0) heddle::Sleep(20us);
        if (kind == 1) heddle::Blocking([] { std::this_thread::yield(); });
        if (kind == 2) heddle::Yield();
        if (kind == 3) heddle::After(10us).Recv();
        if (kind == 4) {
          auto [ctx, cancel] = heddle::WithTimeout(heddle::Background(), 10us);
          ctx.Done().Recv();
        }
      });
    }
    wg->Wait();
  }
}

void Work(std::uint32_t seed, std::chrono::steady_clock::time_point end, bool resize) {
  Random random(seed);
  while (std::chrono::steady_clock::now() < end) {
    switch (Pick(random, 3)) {
      case 0: Traffic(random); break;
      case 1: Locks(random); break;
      default: Lives(random); break;
    }
    if (resize) heddle::MaxProcs(1 + Pick(random, 8));
  }
}

}  // namespace

int main(int argc, char** argv) {
  const double seconds = argc > 1 ? std::atof(argv[1]) : 2;
  const auto seed = argc > 2 ? static_cast<std::uint32_t>(std::atoll(argv[2]))
                             : static_cast<std::uint32_t>(std::random_device()());
  std::printf("seed %u\n", seed);
  std::fflush(stdout);
  const auto end = std::chrono::steady_clock::now() +
                   std::chrono::duration_cast<std::chrono::nanoseconds>(
                       std::chrono::duration<double>(seconds));
  std::thread thread([=] { Work(seed, end, true); });
  heddle::WaitGroup tasks;
  for (std::uint32_t i = 1; i <= 3; ++i) tasks.Go([=] { Work(seed + i, end, false); });
  tasks.Wait();
  thread.join();
  while (heddle::NumGoroutines() != 0) std::this_thread::yield();
}
