// What: A waiter polls a condition at the ticks of a task; when it returns it closes the channel that ends the task and waits for it.
// Run: clean
#include <heddle/heddle.h>

#include <chrono>
#include <cstdio>
#include <functional>
#include <utility>

using namespace std::chrono_literals;

using Condition = std::function<bool()>;
using StartTicks = std::function<heddle::RecvChannel<int>(heddle::RecvChannel<heddle::Unit>)>;

heddle::WaitGroup pollers;

// Makes a source of `count` ticks, one every `pause`, that ends early when its argument is closed.
StartTicks Poller(std::chrono::microseconds pause, int count) {
  return [=](heddle::RecvChannel<heddle::Unit> quit) -> heddle::RecvChannel<int> {
    heddle::Channel<int> ticks;
    pollers.Go([=] {
      HEDDLE_DEFER(ticks.Close());
      for (int tick = 0; tick < count; ++tick) {
        heddle::Sleep(pause);
        if (heddle::Select(heddle::OnSend(ticks, tick), heddle::OnRecv(quit)) == 1) return;
      }
    });
    return ticks;
  };
}

bool WaitFor(const StartTicks& start, const Condition& holds) {
  heddle::Channel<heddle::Unit> quit;
  HEDDLE_DEFER(quit.Close());
  heddle::RecvChannel<int> ticks = start(quit);
  for (;;) {
    if (!ticks.Recv()) return false;
    if (holds()) return true;
  }
}

int main() {
  int looks = 0;
  const bool held = WaitFor(Poller(50us, 100), [&] { return ++looks == 3; });
  std::printf("%s after %d looks\n", held ? "holds" : "timed out", looks);
  pollers.Wait();
}
