// Sends itself SIGQUIT while one goroutine runs, one is parked and one sleeps.
#include <heddle/heddle.h>
#include <signal.h>

#include <atomic>
#include <chrono>

std::atomic<bool> spinning{false};

[[gnu::noinline]] void Spin() {
  for (spinning = true; spinning;) asm volatile("");
}

[[gnu::noinline]] void Nap() {
  heddle::Sleep(std::chrono::hours(1));
  asm volatile("");
}

int main() {
  heddle::MaxProcs(2);
  heddle::Channel<int> never;
  heddle::go([&] { never.Recv(); });
  heddle::go(Nap);
  heddle::go(Spin);
  while (!spinning) heddle::Sleep(std::chrono::milliseconds(1));
  raise(SIGQUIT);
  never.Recv();
}
