// What <heddle/time.h> alone gives, as the interface names it.
#include <heddle/time.h>

#include <concepts>

using heddle::RecvChannel;
using heddle::TimePoint;
using std::chrono::milliseconds;

static_assert(std::same_as<TimePoint, std::chrono::steady_clock::time_point>);
static_assert(std::same_as<decltype(heddle::After(milliseconds(1))), RecvChannel<TimePoint>>);

bool Uses() {
  heddle::Timer timer(milliseconds(1));
  timer.C().Recv();
  heddle::Timer call = heddle::Timer::AfterFunc(milliseconds(1), [] {});
  heddle::Timer::AfterFunc(milliseconds(1), [p = std::make_unique<int>(1)] {});
  heddle::Ticker ticker(milliseconds(1));
  ticker.C().Recv();
  ticker.Reset(milliseconds(2));
  ticker.Stop();
  return timer.Stop() && timer.Reset(milliseconds(1)) && call.Stop();
}
