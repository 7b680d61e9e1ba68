// What: A waiter polls a condition at the ticks of a task; it returns when the condition holds and leaves the task in its next tick.
// Run: leak
#include <heddle/heddle.h>

#include <chrono>
#include <cstdio>
#include <functional>
#include <utility>

using namespace std::chrono_literals;

using Condition = std::function<bool()>;
using StartTicks = std::function<heddle::RecvChannel<int>(heddle::RecvChannel<heddle::Unit>)>;

// Makes a source of `count` ticks, one every `pause`, that ends early when its argument is closed.
StartTicks Poller(std::chrono::microseconds pause, int count) {
  return [=](heddle::RecvChannel<heddle::Unit> quit) -> heddle::RecvChannel<int> {
    heddle::Channel<int> ticks;
    heddle::go([=] {  // bug: leaked-task
      HEDDLE_DEFER(ticks.Close());
      for (int tick = 0; tick < count; ++tick) {
        heddle::Sleep(pause);
        if (heddle::Select(heddle::OnSend(ticks, tick), heddle::OnRecv(quit)) == 1) return;  // bug: leaked-task
      }
    });
    return ticks;
  };
}

bool WaitFor(const StartTicks& start, const Condition& holds) {
  heddle::Channel<heddle::Unit> quit;
  heddle::RecvChannel<int> ticks = start(quit);  // bug: leaked-task
  for (;;) {
    if (!ticks.Recv()) return false;
    if (holds()) return true;  // bug: leaked-task
  }
}

int main() {
  int looks = 0;
  const bool held = WaitFor(Poller(50us, 100), [&] { return ++looks == 3; });
  std::printf("%s after %d looks\n", held ? "holds" : "timed out", looks);
}
