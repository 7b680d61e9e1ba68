// go, Run, Yield, Sleep, Blocking, ids and counts.
#include <atomic>
#include <memory>
#include <set>
#include <stdexcept>
#include <system_error>

#include "unit/everywhere.h"

namespace heddle {
namespace {

using namespace std::chrono_literals;

HEDDLE_EVERYWHERE(Go);

TEST_P(Go, CopiesCallableAndArgumentsAtTheCall) {
  Body([] {
    WaitGroup wg;
    wg.Add(1);
    std::string text = "before";
    std::string seen;
    go(
        [&](const std::string& copy) {
          HEDDLE_DEFER(wg.Done());
          seen = copy;
        },
        text);
    text = "after";
    wg.Wait();
    EXPECT_EQ(seen, "before");
  });
}

TEST_P(Go, RefPassesAReference) {
  Body([] {
    WaitGroup wg;
    int value = 0;
    wg.Go([](int& v) { v = 5; }, std::ref(value));
    wg.Wait();
    EXPECT_EQ(value, 5);
  });
}

TEST_P(Go, MoveOnlyCallableAndArgument) {
  Body([] {
    WaitGroup wg;
    int sum = 0;
    wg.Go([&sum, a = std::make_unique<int>(3)](std::unique_ptr<int> b) { sum = *a + *b; },
          std::make_unique<int>(4));
    wg.Wait();
    EXPECT_EQ(sum, 7);
  });
}

struct Counter {
  std::atomic<int> total{0};
  void Add(int n) { total += n; }
};

TEST_P(Go, MemberFunction) {
  Body([] {
    WaitGroup wg;
    Counter counter;
    wg.Go(&Counter::Add, &counter, 2);
    wg.Go(&Counter::Add, std::ref(counter), 3);
    wg.Wait();
    EXPECT_EQ(counter.total, 5);
  });
}

TEST_P(Go, LargeAndOveralignedClosures) {
  Body([] {
    struct alignas(128) Wide {
      char bytes[1000] = {};
    };
    WaitGroup wg;
    Wide wide;
    wide.bytes[999] = 7;
    bool aligned = false;
    int last = 0;
    wg.Go([&, wide] {
      aligned = reinterpret_cast<std::uintptr_t>(&wide) % 128 == 0;
      last = wide.bytes[999];
    });
    wg.Wait();
    EXPECT_TRUE(aligned);
    EXPECT_EQ(last, 7);
  });
}

TEST_P(Go, ThrowingCopyStartsNothing) {
  Body([] {
    struct Throws {
      Throws() = default;
      Throws(const Throws&) { throw std::runtime_error("copy"); }
      void operator()() const {}
    };
    Throws callable;
    EXPECT_THROW(go(callable), std::runtime_error);
    WaitGroup wg;
    EXPECT_THROW(wg.Go(callable), std::runtime_error);
    wg.Wait();
  });
}

TEST_P(Go, IdsAreUniqueAndZeroOnThreads) {
  const bool thread = OnThread();
  Body([thread] {
    EXPECT_EQ(GoroutineId() == 0, thread);
    std::set<std::uint64_t> ids;
    Mutex mu;
    WaitGroup wg;
    for (int i = 0; i < 100; ++i) {
      wg.Go([&] {
        MutexLock lock(mu);
        ids.insert(GoroutineId());
      });
    }
    wg.Wait();
    EXPECT_EQ(ids.size(), 100u);
    EXPECT_EQ(ids.count(0), 0u);
  });
}

TEST_P(Go, NumGoroutinesCountsParkedOnes) {
  Body([] {
    const std::size_t before = NumGoroutines();
    Channel<Unit> stop;
    WaitGroup wg;
    for (int i = 0; i < 10; ++i) wg.Go([&] { stop.Recv(); });
    EXPECT_EQ(NumGoroutines(), before + 10);
    stop.Close();
    wg.Wait();
    AwaitTrue([&] { return NumGoroutines() == before; });
  });
}

TEST_P(Go, RunReturnsWhatTheBodyReturns) {
  Body([] {
    EXPECT_EQ(heddle::Run([] { return 42; }), 42);
    EXPECT_EQ(heddle::Run([] {}), 0);
    testing::internal::CaptureStderr();
    EXPECT_EQ(heddle::Run([] { panic("stop"); }), 2);
    EXPECT_EQ(testing::internal::GetCapturedStderr().rfind("panic: stop\n", 0), 0u);
  });
}

TEST_P(Go, YieldLetsOthersRun) {
  Body([] {
    std::atomic<int> turn{0};
    WaitGroup wg;
    for (int me = 0; me < 2; ++me) {
      wg.Go([&turn, me] {
        for (int round = 0; round < 100; ++round) {
          while (turn != me) Yield();
          turn = 1 - me;
        }
      });
    }
    wg.Wait();
  });
}

TEST_P(Go, SleepsAtLeastAsLong) {
  Body([] {
    const auto start = std::chrono::steady_clock::now();
    Sleep(2ms);
    EXPECT_GE(std::chrono::steady_clock::now() - start, 2ms);
    Sleep(0ms);
    Sleep(-1ms);
  });
}

TEST_P(Go, BlockingFreesTheWorker) {
  Body([] {
    // Every worker is inside Blocking, and still the last goroutine runs and ends it.
    std::atomic<bool> go_on{false};
    WaitGroup wg;
    const int workers = MaxProcs();
    for (int i = 0; i < workers; ++i) {
      wg.Go([&] {
        const int got = Blocking([&] {
          while (!go_on) std::this_thread::yield();
          return 9;
        });
        EXPECT_EQ(got, 9);
      });
    }
    wg.Go([&] { go_on = true; });
    wg.Wait();
  });
}

TEST_P(Go, BlockingPassesExceptionsAndReferences) {
  Body([] {
    EXPECT_THROW(Blocking([] { throw std::runtime_error("in call"); }), std::runtime_error);
    int value = 1;
    Blocking([&]() -> int& { return value; }) = 2;
    EXPECT_EQ(value, 2);
  });
}

TEST_P(Go, ExceptionStateBelongsToTheGoroutine) {
  Body([] {
    // Each goroutine is inside a handler, and inside unwinding, while others run.
    struct YieldsInUnwinding {
      int unwinding = std::uncaught_exceptions();
      ~YieldsInUnwinding() {
        Yield();
        EXPECT_EQ(std::uncaught_exceptions(), unwinding + 1);
        Yield();
      }
    };
    WaitGroup wg;
    for (int i = 0; i < 20; ++i) {
      wg.Go([i] {
        try {
          YieldsInUnwinding yields;
          throw i;
        } catch (int caught) {
          Yield();
          EXPECT_EQ(std::uncaught_exceptions(), 0);
          try {
            throw;
          } catch (int again) {
            EXPECT_EQ(again, caught);
            EXPECT_EQ(again, i);
          }
        }
      });
    }
    wg.Wait();
  });
}

TEST_P(Go, MaxProcsReturnsTheFormerValue) {
  Body([] {
    const int before = MaxProcs();
    EXPECT_EQ(MaxProcs(3), before);
    EXPECT_EQ(MaxProcs(-1), 3);
    EXPECT_EQ(MaxProcs(before), 3);
  });
}

// Uses `bytes` of stack and some more, in frames of 8 KiB; returns how many.
int UseStack(std::size_t bytes) {
  volatile char frame[8 << 10];
  for (std::size_t i = 0; i < sizeof(frame); i += 512) frame[i] = 1;
  return bytes < sizeof(frame) ? frame[0] : UseStack(bytes - sizeof(frame)) + frame[512];
}

TEST_P(Go, OptionsGiveALargerStack) {
  Body([] {
    constexpr std::size_t kBytes = 4 << 20;
    Channel<int> c;
    for (int i = 0; i < 3; ++i) {
      go(
          GoOptions{.stack_bytes = kBytes},
          [&c](int n) {
            Yield();
            c.Send(UseStack(kBytes / 2) + n);
          },
          i);
      go(GoOptions{.stack_bytes = 1}, [&c] { c.Send(UseStack(64 << 10)); });  // the default
    }
    int sum = 0;
    for (int i = 0; i < 6; ++i) sum += c.Recv().value();
    EXPECT_EQ(sum, 3 * 257 + 0 + 1 + 2 + 3 * 9);
  });
}

TEST_P(Go, AStackThatIsNotToBeHadIsAnErrorAndNothingIsLost) {
  Body([] {
    const auto closure = std::make_shared<int>(1);
    GoOptions options;
    options.stack_bytes = std::size_t{1} << 62;
    EXPECT_THROW(go(options, [closure] {}), std::system_error);
    EXPECT_EQ(closure.use_count(), 1);
    WaitGroup wg;
    wg.Go([] {});
    wg.Wait();
  });
}

TEST_P(Go, PanicIsIsolatedAndReported) {
  Body([] {
    testing::internal::CaptureStderr();
    WaitGroup wg;
    wg.Go([] { throw std::runtime_error("first"); });
    wg.Wait();
    wg.Go([] { panic("second"); });
    wg.Wait();
    wg.Go([] { throw 3; });
    wg.Wait();
    const std::string text = testing::internal::GetCapturedStderr();
    EXPECT_NE(text.find("panic: first\n\ngoroutine "), std::string::npos) << text;
    EXPECT_NE(text.find("panic: second\n"), std::string::npos) << text;
    EXPECT_NE(text.find("panic: exception of type int\n"), std::string::npos) << text;
    EXPECT_NE(text.find("created by "), std::string::npos) << text;
  });
}

}  // namespace
}  // namespace heddle
