// What C++ and the C library keep per thread, across switches: exceptions being handled or
// thrown belong to the goroutine and go with it; thread_local variables and errno belong to
// the thread, and are those of the thread that the goroutine is on at the moment.
#include <gtest/gtest.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <exception>
#include <stdexcept>
#include <string>

#include "unit/everywhere.h"

namespace heddle {
namespace {

HEDDLE_EVERYWHERE(SwitchTest);

void Move() {
  for (int i = 0; i < 3; ++i) Yield();
}

TEST_P(SwitchTest, HandlersOnManyStacksKeepTheirOwnException) {
  Body([] {
    WaitGroup wg;
    for (int task = 0; task < 20; ++task) {
      wg.Go([task] {
        for (int round = 0; round < 20; ++round) {
          const std::string text = std::to_string(task) + "/" + std::to_string(round);
          try {
            throw std::runtime_error(text);
          } catch (const std::exception& e) {
            Move();
            EXPECT_EQ(e.what(), text);
            try {
              Move();
              throw;  // the one being handled here, not what another stack handles
            } catch (const std::runtime_error& again) {
              EXPECT_EQ(again.what(), text);
              Move();
            }
            EXPECT_NE(std::current_exception(), nullptr);
          }
          EXPECT_EQ(std::current_exception(), nullptr);
        }
      });
    }
    wg.Wait();
    EXPECT_EQ(std::current_exception(), nullptr);
  });
}

TEST_P(SwitchTest, UnwindingThatParksIsNobodyElsesUnwinding) {
  Body([] {
    struct ParkAtEnd {
      ~ParkAtEnd() {
        EXPECT_EQ(std::uncaught_exceptions(), 1);
        Move();
        EXPECT_EQ(std::uncaught_exceptions(), 1);
        WaitGroup inner;
        inner.Go([] {
          EXPECT_EQ(std::uncaught_exceptions(), 0);
          try {
            throw 1;
          } catch (int value) {
            EXPECT_EQ(value, 1);
          }
        });
        inner.Wait();
        EXPECT_EQ(std::uncaught_exceptions(), 1);
      }
    };
    WaitGroup wg;
    for (int task = 0; task < 20; ++task) {
      wg.Go([task] {
        EXPECT_EQ(std::uncaught_exceptions(), 0);
        try {
          ParkAtEnd at_end;
          throw task;
        } catch (int value) {
          EXPECT_EQ(value, task);
        }
        EXPECT_EQ(std::uncaught_exceptions(), 0);
      });
    }
    wg.Wait();
  });
}

TEST_P(SwitchTest, AnExceptionIsHandedFromTaskToTask) {
  Body([] {
    Channel<std::exception_ptr> thrown(1);
    WaitGroup wg;
    wg.Go([=] {
      try {
        throw std::runtime_error("from another stack");
      } catch (...) {
        thrown.Send(std::current_exception());
      }
    });
    wg.Wait();
    try {
      std::rethrow_exception(thrown.Recv().value());
    } catch (const std::exception& e) {
      EXPECT_STREQ(e.what(), "from another stack");
    }
  });
}

TEST_P(SwitchTest, AnExceptionPassesThroughRun) {
  if (!OnThread()) GTEST_SKIP() << "Run is for threads";
  Body([] {
    try {
      throw 1;
    } catch (int) {
      EXPECT_EQ(heddle::Run([] {
                  EXPECT_EQ(std::current_exception(), nullptr);
                  return 7;
                }),
                7);
      EXPECT_NE(std::current_exception(), nullptr);
    }
  });
}

// Never inlined: a compiler may keep the address of a thread's variable across a call. To
// TSan goroutines are threads, so that two of them on one thread race for its variables.
#define HEDDLE_OF_THREAD __attribute__((noinline, no_sanitize("thread")))
thread_local long own_tid = 0;
HEDDLE_OF_THREAD long ThreadByVariable() {
  if (own_tid == 0) own_tid = syscall(SYS_gettid);
  asm volatile("" ::: "memory");
  return own_tid;
}
HEDDLE_OF_THREAD void SetErrno(int value) { errno = value; }
HEDDLE_OF_THREAD int GetErrno() {
  asm volatile("" ::: "memory");
  return errno;
}

TEST_P(SwitchTest, ThreadLocalsAndErrnoAreOfTheThreadThatItIsOn) {
  Body([] {
    WaitGroup wg;
    for (int task = 1; task <= 20; ++task) {
      wg.Go([task] {
        for (int round = 0; round < 50; ++round) {
          EXPECT_EQ(ThreadByVariable(), syscall(SYS_gettid));
          SetErrno(task);
          EXPECT_EQ(GetErrno(), task);  // no wait in between
          Move();
          EXPECT_EQ(ThreadByVariable(), syscall(SYS_gettid));
        }
      });
    }
    wg.Wait();
  });
}

TEST_P(SwitchTest, ErrnoOfABlockingCallIsReadInsideIt) {
  Body([] {
    const int error = Blocking([] { return close(-1) == 0 ? 0 : errno; });
    EXPECT_EQ(error, EBADF);
  });
}

}  // namespace
}  // namespace heddle
