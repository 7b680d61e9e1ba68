// Timers. The monitor that fires them is played by a thread of the scenario.
#include "timer.h"

#include <heddle/go.h>

#include "scenario.h"

namespace heddle::model {

namespace {

using internal::TimerNode;

constexpr std::int64_t kLate = std::int64_t{1} << 60;

SCENARIO(timer_wakes_sleeper, {.both = 2}) {
  auto* awake = new internal::Atomic<bool>(false);
  Together({[=] {
              Sleep(std::chrono::milliseconds(1));
              awake->store(true, std::memory_order_relaxed);
            },
            [=] {
              while (!awake->load(std::memory_order_relaxed)) {
                internal::FireTimers(kLate);
                Pause();
              }
            }});
}

// Once StopTimer has returned, the callback neither runs nor will: the node may go.
SCENARIO(timer_stops_or_has_fired, {}) {
  struct Counting : TimerNode {
    int fired = 0;
  };
  auto* timer = new Counting;
  timer->fire = [](TimerNode* node) { ++static_cast<Counting*>(node)->fired; };
  Together({[=] {
              internal::StartTimer(timer, 1);
              const bool stopped = internal::StopTimer(timer);
              Require(timer->fired == (stopped ? 0 : 1), "stopped and fired, or neither");
              delete timer;
            },
            [] { internal::FireTimers(kLate); }});
}

}  // namespace

}  // namespace heddle::model
