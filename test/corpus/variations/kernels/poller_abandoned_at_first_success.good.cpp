// What: A condition is polled by a task that sends its ticks until the waiter's done channel is closed.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <functional>

using Condition = std::function<bool()>;
using TickFn = std::function<heddle::RecvChannel<int>(heddle::RecvChannel<heddle::Unit> done)>;

class Ticks {
 public:
  heddle::RecvChannel<int> Start(heddle::RecvChannel<heddle::Unit> done) {
    heddle::Channel<int> ticks;
    task_.Go([ticks, done]() mutable {
      for (int tick = 0; tick < 10; ++tick) {
        if (heddle::Select(heddle::OnRecv(done), heddle::OnSend(ticks, tick)) == 0) break;
      }
      ticks.Close();
    });
    return ticks;
  }
  void Wait() { task_.Wait(); }

 private:
  heddle::WaitGroup task_;
};

bool WaitFor(const TickFn& start, const Condition& condition) {
  heddle::Channel<heddle::Unit> done;
  HEDDLE_DEFER(done.Close());
  heddle::RecvChannel<int> ticks = start(done);
  while (ticks.Recv()) {
    if (condition()) return true;
  }
  return false;
}

int main() {
  Ticks ticks;
  int looks = 0;
  const bool met = WaitFor([&](heddle::RecvChannel<heddle::Unit> done) { return ticks.Start(done); },
                           [&] { return ++looks == 3; });
  std::printf("met: %d\n", met);
  ticks.Wait();
}
