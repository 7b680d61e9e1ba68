// Timers: channels and calls that something happens to at a time.
#ifndef HEDDLE_TIME_H_
#define HEDDLE_TIME_H_

#include <chrono>
#include <functional>
#include <memory>
#include <type_traits>
#include <utility>

#include "heddle/channel.h"
#include "heddle/internal/ref.h"

namespace heddle {

using TimePoint = std::chrono::steady_clock::time_point;

namespace internal {
struct TimerState;
void AddRef(TimerState* state) noexcept;
void Release(TimerState* state) noexcept;
using TimerRef = Ref<TimerState>;
}  // namespace internal

// A channel (capacity 1) that receives the time once, after `d`.
RecvChannel<TimePoint> After(std::chrono::nanoseconds d);

// One event after `d`: the time sent on C(), or a call. A handle; it may be dropped at
// any time, also from the timer's own callback: that does not stop it.
// After Stop or Reset has returned, no time from before is received from C().
// Thread-safety: every member from every task. Blocks: never.
class Timer {
 public:
  explicit Timer(std::chrono::nanoseconds d);

  // Calls `f()` in a goroutine of its own. Its C() is the nil channel.
  // Inlined even without optimization: reports say that the caller created the goroutine.
  template <class F>
  [[gnu::always_inline]] static inline Timer AfterFunc(std::chrono::nanoseconds d, F&& f) {
    // Shared, so that a callable that cannot be copied will do.
    auto call = std::make_shared<std::decay_t<F>>(std::forward<F>(f));
    Timer timer = Calling(d, [call = std::move(call)] { (*call)(); });
    asm volatile("");  // no tail call
    return timer;
  }

  // Capacity 1; never closed.
  RecvChannel<TimePoint> C() const;
  // Returns whether it prevented the event: false when the time has been received, the
  // call has been started, or it was stopped before. Does not wait for a call.
  bool Stop();
  // Starts it again with `d` from now. Returns what Stop would have.
  bool Reset(std::chrono::nanoseconds d);

 private:
  explicit Timer(internal::TimerRef state) noexcept : state_(std::move(state)) {}
  static Timer Calling(std::chrono::nanoseconds d, std::function<void()> f);

  internal::TimerRef state_;
};

// Sends the time on C() every `d`; a tick that finds C() still full is left out. Stops
// when it is destroyed. Panics: `non-positive interval for NewTicker`, `... for
// Ticker.Reset`. Thread-safety and blocking: as Timer.
class Ticker {
 public:
  explicit Ticker(std::chrono::nanoseconds d);
  ~Ticker();
  Ticker(Ticker&&) noexcept = default;
  Ticker& operator=(Ticker&& other) noexcept;

  RecvChannel<TimePoint> C() const;
  // No more ticks; C() is not closed.
  void Stop();
  void Reset(std::chrono::nanoseconds d);

 private:
  internal::TimerRef state_;
};

}  // namespace heddle

#endif  // HEDDLE_TIME_H_
