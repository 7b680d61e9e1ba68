// The timers: a 4-ary heap under one lock, fired by the monitor thread.
//
// Invariants: a node is in the heap exactly while `index >= 0`. `fire` runs under the
// timers' lock: it must be short, must not park, and may take a channel's lock but no
// timer's. So once StopTimer has returned, `fire` is not running and will not.
// Cost: O(log n), some 50 ns, and a system call when the monitor must wake earlier.
#ifndef HEDDLE_SRC_TIMER_H_
#define HEDDLE_SRC_TIMER_H_

#include <chrono>
#include <cstddef>
#include <cstdint>

#include "sync.h"

namespace heddle::internal {

struct TimerNode {
  std::int64_t when_ns = 0;
  std::int64_t period_ns = 0;  // > 0: started again `period_ns` later when it fires
  void (*fire)(TimerNode* node) = nullptr;
  void* context = nullptr;
  std::ptrdiff_t index = -1;  // in the heap; guarded by the timers' lock
};

// `d` from now, saturated.
std::int64_t Deadline(std::chrono::nanoseconds d);

// Requires: `node` is not started. It stays where it is until it fires or is stopped.
void StartTimer(TimerNode* node, std::int64_t when_ns);
// Returns whether it was started and has not fired (or is periodic and started).
bool StopTimer(TimerNode* node);

// For timers with state beside the node: the lock itself, and the calls under it.
SpinLock& TimerLock();
void StartTimerLocked(TimerNode* node, std::int64_t when_ns);
bool StopTimerLocked(TimerNode* node);

// Fires all that are due at `now_ns`. Returns when the next one is due, or -1.
std::int64_t FireTimers(std::int64_t now_ns);
bool AnyTimerPending();

}  // namespace heddle::internal

#endif  // HEDDLE_SRC_TIMER_H_
