// What: Waiting for a lift polls until its condition holds and then returns; it gives the poller a signal of its own and closes that on every way out.
// Run: clean
#include <heddle/heddle.h>

#include <chrono>
#include <cstdio>
#include <functional>
#include <utility>

using namespace std::chrono_literals;

using Signal = heddle::RecvChannel<heddle::Unit>;
using Poll = std::function<Signal(const Signal&)>;  // ticks until the signal is closed

// A poll every `interval`; it ends after `limit`, if there is one.
Poll Every(std::chrono::nanoseconds interval, std::chrono::nanoseconds limit,
           heddle::WaitGroup& pollers) {
  return [=, &pollers](const Signal& end) -> Signal {
    heddle::Channel<heddle::Unit> ticks;
    pollers.Go([=] {
      HEDDLE_DEFER(ticks.Close());
      heddle::Ticker ticker(interval);
      heddle::RecvChannel<heddle::TimePoint> expired;
      if (limit != 0ns) expired = heddle::After(limit);
      for (bool polling = true; polling;) {
        heddle::Select(
            heddle::OnRecv(ticker.C(), [&](auto) {
              heddle::Select(heddle::OnSend(ticks, heddle::Unit{}), heddle::OnDefault());
            }),
            heddle::OnRecv(expired, [&](auto) { polling = false; }),
            heddle::OnRecv(end, [&](auto) { polling = false; }));
      }
    });
    return ticks;
  };
}

// Whether `condition` came true before `poll` ended or `stop` was closed.
bool WaitFor(const Poll& poll, const std::function<bool()>& condition, const Signal& stop) {
  heddle::Channel<heddle::Unit> end;
  HEDDLE_DEFER(end.Close());
  Signal ticks = poll(end);
  for (;;) {
    bool open = false;
    heddle::Select(heddle::OnRecv(stop),
                   heddle::OnRecv(ticks, [&](auto tick) { open = tick.has_value(); }));
    if (condition()) return true;
    if (!open) return false;
  }
}

class Lift {
 public:
  void Move() { ++floor_; }
  int floor() const { return floor_; }

 private:
  int floor_ = 0;
};

int main() {
  Lift lift;
  heddle::WaitGroup pollers;
  heddle::Channel<heddle::Unit> stop;
  HEDDLE_DEFER(stop.Close());
  auto at_the_top = [&] {
    lift.Move();
    return lift.floor() == 3;
  };
  const bool arrived = WaitFor(Every(200us, 0ns, pollers), at_the_top, stop);
  pollers.Wait();
  std::printf("%s at floor %d\n", arrived ? "arrived" : "stuck", lift.floor());
}
