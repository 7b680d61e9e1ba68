// Locks for goroutines and threads alike: a goroutine that waits parks, its worker runs
// another. This header has Mutex and includes the others: RWMutex, Cond, Once, Semaphore.
#ifndef HEDDLE_MUTEX_H_
#define HEDDLE_MUTEX_H_

#include <cstdint>

#include "heddle/internal/atomic.h"
#include "heddle/internal/frame.h"
#include "heddle/internal/thread_annotations.h"
#include "heddle/panic.h"

namespace heddle {

// Mutual exclusion. Not recursive: a task that locks it again waits for ever. May be
// unlocked by another task than the one that locked it.
//
//   locked  waiters   meaning
//   0       0         free
//   1       0         held
//   1       1         held, and tasks wait in the parking table
//   0       1         free; one waiter has been let go and contends, others wait
//
// Unlock lets the longest waiting task go, which then contends with whoever comes by
// (barging: hand-off in order makes every lock a switch). One that has waited for more
// than 1 ms is handed the lock itself, so nobody starves. After WebKit's WTF::Lock and
// Go's sync.Mutex.
// Memory ordering: an Unlock happens before every later Lock.
// Size: 4 bytes. Cost: Lock and Unlock one locked instruction each when free.
class HEDDLE_CAPABILITY("mutex") Mutex {
 public:
  constexpr Mutex() = default;
  Mutex(const Mutex&) = delete;
  Mutex& operator=(const Mutex&) = delete;

  // Blocks: task.
  void Lock() HEDDLE_ACQUIRE() HEDDLE_NO_THREAD_SAFETY_ANALYSIS {
    std::uint32_t free = 0;
    // acquire: pairs with the release in Unlock
    if (!state_.compare_exchange_strong(free, kLocked, std::memory_order_acquire,
                                        std::memory_order_relaxed)) {
      LockSlow();
      internal::KeepFrame();
    }
  }
  // Blocks: never.
  bool TryLock() HEDDLE_TRY_ACQUIRE(true) HEDDLE_NO_THREAD_SAFETY_ANALYSIS {
    std::uint32_t state = state_.load(std::memory_order_relaxed);  // the CAS decides
    while ((state & kLocked) == 0) {
      // acquire: pairs with the release in Unlock
      if (state_.compare_exchange_weak(state, state | kLocked, std::memory_order_acquire,
                                       std::memory_order_relaxed)) {
        return true;
      }
    }
    return false;
  }
  // Blocks: never. Panics: `sync: unlock of unlocked mutex`.
  void Unlock() HEDDLE_RELEASE() HEDDLE_NO_THREAD_SAFETY_ANALYSIS {
    std::uint32_t held = kLocked;
    // release: pairs with the acquire in Lock and TryLock
    if (!state_.compare_exchange_strong(held, 0, std::memory_order_release,
                                        std::memory_order_relaxed)) {
      UnlockSlow();
    }
  }

  // The standard's spellings, for std::lock_guard, std::unique_lock, std::scoped_lock.
  void lock() HEDDLE_ACQUIRE() HEDDLE_NO_THREAD_SAFETY_ANALYSIS { Lock(); }
  bool try_lock() HEDDLE_TRY_ACQUIRE(true) HEDDLE_NO_THREAD_SAFETY_ANALYSIS { return TryLock(); }
  void unlock() HEDDLE_RELEASE() HEDDLE_NO_THREAD_SAFETY_ANALYSIS { Unlock(); }

 private:
  static constexpr std::uint32_t kLocked = 1;
  static constexpr std::uint32_t kWaiters = 2;
  void LockSlow();
  void UnlockSlow();

  internal::Atomic<std::uint32_t> state_{0};
};

// Holds a Mutex for its scope.
class [[nodiscard]] HEDDLE_SCOPED_CAPABILITY MutexLock {
 public:
  explicit MutexLock(Mutex& mutex) HEDDLE_ACQUIRE(mutex) : mutex_(mutex) { mutex_.Lock(); }
  ~MutexLock() noexcept(false) HEDDLE_RELEASE() { mutex_.Unlock(); }
  MutexLock(const MutexLock&) = delete;
  MutexLock& operator=(const MutexLock&) = delete;

 private:
  Mutex& mutex_;
};

}  // namespace heddle

#include "heddle/cond.h"
#include "heddle/once.h"
#include "heddle/rw_mutex.h"
#include "heddle/semaphore.h"

#endif  // HEDDLE_MUTEX_H_
