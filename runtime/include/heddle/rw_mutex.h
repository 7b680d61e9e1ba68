// RWMutex: many readers or one writer.
#ifndef HEDDLE_RW_MUTEX_H_
#define HEDDLE_RW_MUTEX_H_

#include <cstdint>

#include "heddle/internal/atomic.h"
#include "heddle/internal/frame.h"
#include "heddle/internal/thread_annotations.h"
#include "heddle/panic.h"

namespace heddle {

// Writer-preferring: a waiting writer holds off new readers, so a task must not take the
// read lock twice. A writer that leaves lets all readers in that wait by then, and the
// last of those the next writer; neither side starves.
//
//   writer  waiters  readers   meaning
//   0       0        0         free
//   0       0        n         n readers
//   1       0        0         a writer
//   0       1        n         n readers, tasks wait; new readers wait too
//   1       1        0         a writer, tasks wait
//   (waiters without writer or readers does not last: whoever leaves hands over)
//
// Memory ordering: Unlock and RUnlock happen before a later Lock, Unlock before a later
// RLock. Size: 8 bytes. Cost: one locked instruction each when nobody waits.
class HEDDLE_CAPABILITY("mutex") RWMutex {
 public:
  constexpr RWMutex() = default;
  RWMutex(const RWMutex&) = delete;
  RWMutex& operator=(const RWMutex&) = delete;

  // Blocks: task.
  void Lock() HEDDLE_ACQUIRE() HEDDLE_NO_THREAD_SAFETY_ANALYSIS {
    if (TryLock()) return;
    LockSlow();
    internal::KeepFrame();
  }
  // Blocks: never.
  bool TryLock() HEDDLE_TRY_ACQUIRE(true) HEDDLE_NO_THREAD_SAFETY_ANALYSIS {
    std::uint64_t free = 0;
    // acquire: pairs with the releases in Unlock and RUnlock
    return state_.compare_exchange_strong(free, kWriter, std::memory_order_acquire,
                                          std::memory_order_relaxed);
  }
  // Blocks: never. Panics: `sync: Unlock of unlocked RWMutex`.
  void Unlock() HEDDLE_RELEASE() HEDDLE_NO_THREAD_SAFETY_ANALYSIS {
    std::uint64_t held = kWriter;
    // release: pairs with the acquires in TryLock and TryRLock
    if (!state_.compare_exchange_strong(held, 0, std::memory_order_release,
                                        std::memory_order_relaxed)) {
      UnlockSlow();
    }
  }

  // Blocks: task.
  void RLock() HEDDLE_ACQUIRE_SHARED() HEDDLE_NO_THREAD_SAFETY_ANALYSIS {
    if (TryRLock()) return;
    RLockSlow();
    internal::KeepFrame();
  }
  // Fails also while a writer waits. Blocks: never.
  bool TryRLock() HEDDLE_TRY_ACQUIRE_SHARED(true) HEDDLE_NO_THREAD_SAFETY_ANALYSIS {
    std::uint64_t state = state_.load(std::memory_order_relaxed);  // the CAS decides
    while ((state & (kWriter | kWaiters)) == 0) {
      // acquire: pairs with the release in Unlock
      if (state_.compare_exchange_weak(state, state + kReader, std::memory_order_acquire,
                                       std::memory_order_relaxed)) {
        return true;
      }
    }
    return false;
  }
  // Blocks: never. Panics: `sync: RUnlock of unlocked RWMutex`.
  void RUnlock() HEDDLE_RELEASE_SHARED() HEDDLE_NO_THREAD_SAFETY_ANALYSIS;

  // The standard's spellings, for std::unique_lock and std::shared_lock.
  void lock() HEDDLE_ACQUIRE() HEDDLE_NO_THREAD_SAFETY_ANALYSIS { Lock(); }
  bool try_lock() HEDDLE_TRY_ACQUIRE(true) HEDDLE_NO_THREAD_SAFETY_ANALYSIS { return TryLock(); }
  void unlock() HEDDLE_RELEASE() HEDDLE_NO_THREAD_SAFETY_ANALYSIS { Unlock(); }
  void lock_shared() HEDDLE_ACQUIRE_SHARED() HEDDLE_NO_THREAD_SAFETY_ANALYSIS { RLock(); }
  bool try_lock_shared() HEDDLE_TRY_ACQUIRE_SHARED(true) HEDDLE_NO_THREAD_SAFETY_ANALYSIS {
    return TryRLock();
  }
  void unlock_shared() HEDDLE_RELEASE_SHARED() HEDDLE_NO_THREAD_SAFETY_ANALYSIS { RUnlock(); }

 private:
  static constexpr std::uint64_t kWriter = 1;
  static constexpr std::uint64_t kWaiters = 2;
  static constexpr std::uint64_t kReader = 4;
  void LockSlow();
  void RLockSlow();
  void UnlockSlow();
  void RUnlockSlow();

  internal::Atomic<std::uint64_t> state_{0};
};

// Holds an RWMutex for reading for its scope.
class [[nodiscard]] HEDDLE_SCOPED_CAPABILITY ReaderLock {
 public:
  explicit ReaderLock(RWMutex& mutex) HEDDLE_ACQUIRE_SHARED(mutex) : mutex_(mutex) {
    mutex_.RLock();
  }
  ~ReaderLock() noexcept(false) HEDDLE_RELEASE_GENERIC() { mutex_.RUnlock(); }
  ReaderLock(const ReaderLock&) = delete;
  ReaderLock& operator=(const ReaderLock&) = delete;

 private:
  RWMutex& mutex_;
};

// Holds an RWMutex for writing for its scope.
class [[nodiscard]] HEDDLE_SCOPED_CAPABILITY WriterLock {
 public:
  explicit WriterLock(RWMutex& mutex) HEDDLE_ACQUIRE(mutex) : mutex_(mutex) { mutex_.Lock(); }
  ~WriterLock() noexcept(false) HEDDLE_RELEASE() { mutex_.Unlock(); }
  WriterLock(const WriterLock&) = delete;
  WriterLock& operator=(const WriterLock&) = delete;

 private:
  RWMutex& mutex_;
};

}  // namespace heddle

#endif  // HEDDLE_RW_MUTEX_H_
