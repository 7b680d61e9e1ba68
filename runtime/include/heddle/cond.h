// Cond: wait for a change of what a Mutex guards.
#ifndef HEDDLE_COND_H_
#define HEDDLE_COND_H_

#include <cstdint>

#include "heddle/internal/atomic.h"
#include "heddle/mutex.h"

namespace heddle {

// A condition variable for one Mutex. No spurious wake-ups, but another task may have
// run between Signal and the return of Wait: wait in a loop, or with a predicate.
// A Wait that began (took its place, unlocked) before a Signal can be woken by it; the
// longest waiting one is.
// Thread-safety: Signal and Broadcast with or without the mutex held.
class Cond {
 public:
  explicit Cond(Mutex& mutex) : mutex_(mutex) {}
  Cond(const Cond&) = delete;
  Cond& operator=(const Cond&) = delete;

  // Unlocks the mutex, waits for Signal or Broadcast, locks it again.
  // Requires: the mutex is held. Blocks: task. Panics: as Mutex::Unlock, when it is not.
  [[gnu::always_inline]] inline void Wait() {
    WaitOnce();
    internal::KeepFrame();
  }
  // Waits until `pred()`, called with the mutex held, is true.
  template <class P>
  void Wait(P pred) {
    while (!pred()) Wait();
  }
  // Wakes one waiter, if there is one. Blocks: never.
  void Signal();
  // Wakes all that wait. Blocks: never.
  void Broadcast();

 private:
  void WaitOnce() HEDDLE_NO_THREAD_SAFETY_ANALYSIS;  // lets go of a mutex that it did not take

  Mutex& mutex_;
  internal::Atomic<std::uint32_t> waiters_{0};
};

}  // namespace heddle

#endif  // HEDDLE_COND_H_
