// A SpinLock whose order the program may rely on: what one task did before it unlocked
// happens before what another does once it has locked. For the channels' locks, and not for
// those of the scheduler, see sanitizer.h.
#ifndef HEDDLE_SRC_ORDERED_LOCK_H_
#define HEDDLE_SRC_ORDERED_LOCK_H_

#include "sanitizer.h"
#include "sync.h"

namespace heddle::internal {

class OrderedLock {
 public:
  constexpr OrderedLock() = default;
  [[gnu::always_inline]] void Lock() {
    lock_.Lock();
    TsanAcquire(this);
  }
  [[gnu::always_inline]] void Unlock() {
    TsanRelease(this);
    lock_.Unlock();
  }

 private:
  SpinLock lock_;
};

class OrderedGuard {
 public:
  [[gnu::always_inline]] explicit OrderedGuard(OrderedLock& lock) : lock_(lock) { lock_.Lock(); }
  [[gnu::always_inline]] ~OrderedGuard() { lock_.Unlock(); }
  OrderedGuard(const OrderedGuard&) = delete;
  OrderedGuard& operator=(const OrderedGuard&) = delete;

 private:
  OrderedLock& lock_;
};

}  // namespace heddle::internal

#endif  // HEDDLE_SRC_ORDERED_LOCK_H_
