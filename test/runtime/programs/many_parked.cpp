// A hundred thousand goroutines (or as many as the argument says) parked on a channel
// and then released, under 1 GiB resident. Then their memory goes back to the system.
#include <heddle/heddle.h>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#if defined(__has_feature)
#if __has_feature(thread_sanitizer) || __has_feature(address_sanitizer)
#define SANITIZED 1
#endif
#endif
#if defined(__SANITIZE_THREAD__) || defined(__SANITIZE_ADDRESS__)
#define SANITIZED 1
#endif
#if !defined(SANITIZED)
#define SANITIZED 0
#endif

// A line of /proc/self/status, in KiB: "VmHWM:" is the highest resident set so far,
// "VmRSS:" that of now.
long StatusKiB(const char* name) {
  std::FILE* status = std::fopen("/proc/self/status", "r");
  char line[256];
  long value = -1;
  while (status != nullptr && std::fgets(line, sizeof(line), status) != nullptr) {
    if (std::strncmp(line, name, 6) == 0) value = std::atol(line + 6);
  }
  if (status != nullptr) std::fclose(status);
  return value;
}

int main(int argc, char** argv) {
  // ThreadSanitizer has room for 8,128 fibers, AddressSanitizer's stacks are larger.
  const int count = argc > 1 ? std::atoi(argv[1]) : SANITIZED ? 4'000 : 100'000;
  const auto start = std::chrono::steady_clock::now();
  heddle::Channel<int> c;
  heddle::WaitGroup started;
  heddle::WaitGroup finished;
  std::atomic<long> sum{0};
  started.Add(count);
  for (int i = 0; i < count; ++i) {
    finished.Go([&] {
      started.Done();
      sum += c.Recv().value_or(0);
    });
  }
  started.Wait();
  const auto parked = std::chrono::steady_clock::now();
  for (int i = 0; i < count; ++i) c.Send(1);
  finished.Wait();
  const auto end = std::chrono::steady_clock::now();
  const long peak = StatusKiB("VmHWM:");
  using Ms = std::chrono::duration<double, std::milli>;
  std::printf("%d goroutines: parked in %.0f ms, released in %.0f ms, peak %ld MiB\n", count,
              Ms(parked - start).count(), Ms(end - parked).count(), peak / 1024);
  if (sum != count) return 1;
  if (SANITIZED) return 0;
  if (peak > 1024 * 1024 * (count / 100'000 + 1)) return 1;
  // The records stay, some 400 bytes each, and what the kernel needs to map the stacks.
  long now = peak;
  for (int i = 0; i < 100; ++i) {
    heddle::Sleep(std::chrono::milliseconds(100));
    const long before = now;
    now = StatusKiB("VmRSS:");
    if (now < peak / 3 && now == before) break;
  }
  std::printf("%ld MiB resident %.0f ms later\n", now / 1024,
              Ms(std::chrono::steady_clock::now() - end).count());
  return now > peak / 3 ? 1 : 0;
}
