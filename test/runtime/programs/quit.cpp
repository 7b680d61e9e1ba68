// Sends itself SIGQUIT while one goroutine runs, one is parked, one sleeps and two take turns.
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
}

[[gnu::noinline]] void TakeTurns() {
  ++waiting;
  for (;;) heddle::Yield();
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
  heddle::go(TakeTurns);
  heddle::go(TakeTurns);
  while (!spinning || waiting < 4) heddle::Sleep(std::chrono::milliseconds(1));
  heddle::Sleep(std::chrono::milliseconds(20));
  raise(SIGQUIT);
  never.Recv();
}
