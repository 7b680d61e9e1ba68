// A program in which nothing happens costs nothing: after work of every kind (goroutines
// that were retaken, a burst whose stacks are given back), with one goroutine left that
// computes on a thread retaken from it and one that waits, no thread is woken.
#include <heddle/heddle.h>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>

// How often the threads of the process have slept so far.
long Sleeps() {
  long sum = 0;
  for (const auto& task : std::filesystem::directory_iterator("/proc/self/task")) {
    std::ifstream status(task.path() / "status");
    for (std::string line; std::getline(status, line);) {
      constexpr const char* kName = "voluntary_ctxt_switches:";
      if (line.rfind(kName, 0) == 0) sum += std::stol(line.substr(std::strlen(kName)));
    }
  }
  return sum;
}

int main() {
  heddle::MaxProcs(1);
  std::atomic<bool> stop{false};
  heddle::WaitGroup computing;
  computing.Go([&] {
    while (!stop) {
    }
  });
  heddle::WaitGroup wg;
  heddle::Channel<int> c;
  for (int i = 0; i < 1000; ++i) wg.Go([=] { c.Recv(); });
  for (int i = 0; i < 1000; ++i) c.Send(i);
  wg.Wait();
  heddle::go([=] { c.Recv(); });
  long sleeps = 0;
  // A busy machine may not have let the last work end: a second chance, and a third.
  for (int i = 0; i < 3; ++i) {
    std::this_thread::sleep_for(std::chrono::seconds(1));
    const long before = Sleeps();
    std::this_thread::sleep_for(std::chrono::seconds(1));
    sleeps = Sleeps() - before;
    if (sleeps <= 20) break;  // main's own, and those of ThreadSanitizer's thread
  }
  stop = true;
  computing.Wait();
  std::printf("%s: %ld\n", sleeps <= 20 ? "quiet" : "noisy", sleeps);
}
