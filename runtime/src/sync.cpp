// The Linux side of sync.h: threads, futex system calls, clocks.
#include "sync.h"

#include <fcntl.h>
#include <linux/futex.h>
#include <pthread.h>
#include <sched.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include <cstdio>
#include <exception>
#include <thread>

namespace heddle::internal {

namespace {
constexpr std::int64_t kNsPerSecond = 1'000'000'000;

std::int64_t Read(clockid_t clock) {
  timespec now;
  clock_gettime(clock, &now);
  return now.tv_sec * kNsPerSecond + now.tv_nsec;
}
}  // namespace

bool StartThread(void (*main)(void*), void* argument) {
  try {
    std::thread(main, argument).detach();
    return true;
  } catch (const std::exception&) {  // std::system_error, std::bad_alloc
    return false;
  }
}

void FutexWait(Atomic<std::uint32_t>* word, std::uint32_t expected, std::int64_t timeout_ns) {
  timespec limit{};
  if (timeout_ns >= 0) {
    limit.tv_sec = timeout_ns / kNsPerSecond;
    limit.tv_nsec = timeout_ns % kNsPerSecond;
  }
  syscall(SYS_futex, reinterpret_cast<std::uint32_t*>(word), FUTEX_WAIT_PRIVATE, expected,
          timeout_ns >= 0 ? &limit : nullptr, nullptr, 0);
}

void FutexWake(Atomic<std::uint32_t>* word, int count) {
  syscall(SYS_futex, reinterpret_cast<std::uint32_t*>(word), FUTEX_WAKE_PRIVATE, count, nullptr,
          nullptr, 0);
}

std::int64_t NowNs() { return Read(CLOCK_MONOTONIC); }
std::int64_t CoarseNowNs() { return Read(CLOCK_MONOTONIC_COARSE); }

int ThreadCpuClock() {
  clockid_t clock;
  return pthread_getcpuclockid(pthread_self(), &clock) == 0 ? clock : CLOCK_MONOTONIC;
}
std::int64_t CpuNs(int clock) { return Read(clock); }

bool ThreadReadyToRun(int tid) {
  char path[64];
  std::snprintf(path, sizeof(path), "/proc/self/task/%d/stat", tid);
  const int fd = open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) return false;
  char text[128];  // number (name) state ...; the name is at most 15 characters
  const ssize_t size = read(fd, text, sizeof(text));
  close(fd);
  for (ssize_t i = size - 3; i >= 0; --i) {
    if (text[i] == ')') return text[i + 2] == 'R';
  }
  return false;
}

void BackOff(int round) {
  if (round < 64) {
    CpuRelax();
  } else if (round < 128) {
    sched_yield();
  } else {
    const timespec nap{0, 50'000};
    nanosleep(&nap, nullptr);
  }
}

}  // namespace heddle::internal
