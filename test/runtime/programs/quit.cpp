// Sends itself SIGQUIT while one goroutine runs, one is parked and one sleeps.
#include <heddle/heddle.h>
#include <signal.h>

#include <atomic>
#include <chrono>

std::atomic<bool> spinning{false};
std::atomic<int> waiting{0};  // about to: from there it is not far

[[gnu::noinline]] void Spin() {
  for (spinning = true; spinning;) asm volatile("");
}

[[gnu::noinline]] void Nap() {
  ++waiting;
  heddle::Sleep(std::chrono::hours(1));
  asm volatile("");
}

int main() {
  heddle::MaxProcs(2);
  heddle::Channel<int> never;
  heddle::go([&] {
    ++waiting;
    never.Recv();  // for ever
  });
  heddle::go(Nap);
  heddle::go(Spin);
  while (!spinning || waiting < 2) heddle::Sleep(std::chrono::milliseconds(1));
  heddle::Sleep(std::chrono::milliseconds(20));
  raise(SIGQUIT);
  never.Recv();
}
