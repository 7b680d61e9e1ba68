// The address space ends: `go` says so, and what there is goes on. Twice: nothing was lost,
// though threads keep some free records of their own. A timer's call comes when there is room. Not
// under a sanitizer, which needs more of it than a limit leaves.
#include <heddle/heddle.h>
#include <sys/resource.h>

#include <chrono>
#include <cstdio>
#include <system_error>
#include <thread>

// How many goroutines can be parked until `go` throws; all have ended when it returns.
int Fill() {
  heddle::Channel<int> gate;
  heddle::WaitGroup ended;
  heddle::Channel<int> called;
  heddle::Timer timer =
      heddle::Timer::AfterFunc(std::chrono::hours(1), [called] { called.Close(); });
  int count = 0;
  try {
    for (;; ++count) {
      ended.Add(1);
      heddle::go([&ended, gate] {
        gate.Recv();
        ended.Done();
      });
    }
  } catch (const std::system_error& error) {
    ended.Done();
    if (error.code() != std::errc::not_enough_memory) std::printf("%s\n", error.what());
  }
  timer.Reset(std::chrono::nanoseconds(0));
  std::this_thread::sleep_for(std::chrono::milliseconds(20));
  gate.Close();
  ended.Wait();
  called.Recv();
  return count;
}

int main() {
  heddle::MaxProcs(4);  // threads that cannot be started, too
  const rlimit limit{rlim_t{1} << 30, rlim_t{1} << 30};
  if (setrlimit(RLIMIT_AS, &limit) != 0) return 1;
  const int first = Fill();
  const int second = Fill();
  std::printf(first > 1000 && second > first / 2 ? "twice\n" : "%d, then %d\n", first, second);
}
