// Readable, Writable, StopWaiting.
#include <fcntl.h>
#include <heddle/net.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <string>

#include "unit/everywhere.h"

namespace heddle {
namespace {

using namespace std::chrono_literals;

HEDDLE_EVERYWHERE(WaitFdTest);

struct Pipe {
  Pipe() { EXPECT_EQ(pipe2(ends, O_CLOEXEC | O_NONBLOCK), 0); }
  ~Pipe() {
    close(ends[0]);
    close(ends[1]);
  }
  int ends[2];
  int reader() const { return ends[0]; }
  int writer() const { return ends[1]; }
};

TEST_P(WaitFdTest, ReadableWhenThereIsSomething) {
  Body([] {
    const Pipe p;
    WaitGroup wg;
    wg.Go([&] {
      for (int i = 0; i < 20; ++i) {
        EXPECT_FALSE(Readable(p.reader()));
        char c;
        EXPECT_EQ(read(p.reader(), &c, 1), 1);
        EXPECT_EQ(c, 'a' + i);
      }
    });
    for (int i = 0; i < 20; ++i) {
      if (i % 3 == 0) Sleep(1ms);
      const char c = static_cast<char>('a' + i);
      EXPECT_EQ(write(p.writer(), &c, 1), 1);
    }
    wg.Wait();
  });
}

// Level-triggered: what is left over is not forgotten.
TEST_P(WaitFdTest, ReadableAgainWhileSomethingIsLeft) {
  Body([] {
    const Pipe p;
    EXPECT_EQ(write(p.writer(), "xy", 2), 2);
    for (int i = 0; i < 3; ++i) EXPECT_FALSE(Readable(p.reader(), TimePoint(1ns)));
  });
}

TEST_P(WaitFdTest, WritableWhenThereIsRoom) {
  Body([] {
    const Pipe p;
    EXPECT_FALSE(Writable(p.writer()));
    const std::string block(4096, 'f');
    while (write(p.writer(), block.data(), block.size()) > 0) {
    }
    WaitGroup wg;
    wg.Go([&] { EXPECT_FALSE(Writable(p.writer())); });
    Sleep(1ms);
    std::string all(1 << 16, '\0');
    EXPECT_GT(read(p.reader(), all.data(), all.size()), 0);
    wg.Wait();
  });
}

TEST_P(WaitFdTest, HangUpCounts) {
  Body([] {
    Pipe p;
    WaitGroup wg;
    wg.Go([&] { EXPECT_FALSE(Readable(p.reader())); });
    Sleep(1ms);
    close(p.writer());
    wg.Wait();
    p.ends[1] = dup(p.reader());
  });
}

TEST_P(WaitFdTest, DeadlineEndsIt) {
  Body([] {
    const Pipe p;
    const auto start = std::chrono::steady_clock::now();
    EXPECT_EQ(Readable(p.reader(), start + 5ms), NetError::kTimeout);
    EXPECT_GE(std::chrono::steady_clock::now() - start, 5ms);
    EXPECT_EQ(Readable(p.reader(), start), NetError::kTimeout);
  });
}

TEST_P(WaitFdTest, StopWaitingEndsAllWaitsForIt) {
  Body([] {
    const Pipe p;
    const Pipe other;
    WaitGroup wg;
    std::atomic<int> waiting{0};
    for (int i = 0; i < 3; ++i) {
      wg.Go([&] {
        ++waiting;
        EXPECT_EQ(Readable(p.reader()), NetError::kClosed);
      });
    }
    wg.Go([&] {
      ++waiting;
      EXPECT_FALSE(Readable(other.reader()));
    });
    AwaitTrue([&] { return waiting == 4; });
    Sleep(2ms);
    StopWaiting(p.reader());
    StopWaiting(1 << 20);  // nobody
    EXPECT_EQ(write(other.writer(), "x", 1), 1);
    wg.Wait();
  });
}

TEST_P(WaitFdTest, BothSidesAndSeveralTasksOfOneDescriptor) {
  Body([] {
    int pair[2];
    ASSERT_EQ(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, pair), 0);
    WaitGroup wg;
    for (int i = 0; i < 2; ++i) wg.Go([&] { EXPECT_FALSE(Readable(pair[0])); });
    wg.Go([&] { EXPECT_FALSE(Writable(pair[0])); });
    Sleep(1ms);
    EXPECT_EQ(write(pair[1], "x", 1), 1);
    wg.Wait();
    close(pair[0]);
    close(pair[1]);
  });
}

TEST_P(WaitFdTest, AnEventCounterWakesAGoroutine) {
  Body([] {
    const int counter = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
    WaitGroup wg;
    wg.Go([&] {
      EXPECT_FALSE(Readable(counter));
      eventfd_t value = 0;
      EXPECT_EQ(eventfd_read(counter, &value), 0);
      EXPECT_EQ(value, 3u);
    });
    Sleep(1ms);
    EXPECT_EQ(eventfd_write(counter, 3), 0);
    wg.Wait();
    close(counter);
  });
}

TEST_P(WaitFdTest, FilesAreAlwaysReadyAndNothingIsAnError) {
  Body([] {
    const int file = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
    EXPECT_FALSE(Readable(file));
    close(file);
    EXPECT_EQ(Readable(-1), std::errc::bad_file_descriptor);
    EXPECT_EQ(Writable(1 << 20), std::errc::bad_file_descriptor);
  });
}

}  // namespace
}  // namespace heddle
