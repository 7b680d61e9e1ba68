// What: A condition is polled by a task that sends its ticks; the waiter returns at the first success and leaves the task in its next send.
// Run: hang-some
#include <heddle/heddle.h>

#include <cstdio>
#include <functional>

using Condition = std::function<bool()>;
using TickFn = std::function<heddle::RecvChannel<int>(heddle::RecvChannel<heddle::Unit> done)>;

class Ticks {
 public:
  heddle::RecvChannel<int> Start(heddle::RecvChannel<heddle::Unit> done) {
    heddle::Channel<int> ticks;
    task_.Go([ticks, done]() mutable {  // bug: leaked-task
      for (int tick = 0; tick < 10; ++tick) {
        if (heddle::Select(heddle::OnRecv(done), heddle::OnDefault()) == 0) break;
        ticks.Send(tick);  // bug: leaked-task, deadlock
      }
      ticks.Close();
    });
    return ticks;
  }
  void Wait() { task_.Wait(); }  // bug: deadlock

 private:
  heddle::WaitGroup task_;
};

bool WaitFor(const TickFn& start, const Condition& condition) {
  heddle::Channel<heddle::Unit> done;
  HEDDLE_DEFER(done.Close());
  heddle::RecvChannel<int> ticks = start(done);
  while (ticks.Recv()) {
    if (condition()) return true;  // bug: leaked-task, deadlock
  }
  return false;
}

int main() {
  Ticks ticks;
  int looks = 0;
  const bool met = WaitFor([&](heddle::RecvChannel<heddle::Unit> done) { return ticks.Start(done); },
                           [&] { return ++looks == 3; });
  std::printf("met: %d\n", met);
  ticks.Wait();  // bug: deadlock
}
