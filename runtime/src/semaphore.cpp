// See heddle/semaphore.h. The low bit of the state changes only under the bucket's lock.
// While it is set nobody takes permits but those that Release hands them to, and Release
// adds its own under that lock: permit and waiter meet there.
#include "heddle/semaphore.h"

#include "heddle/panic.h"
#include "parking.h"
#include "sanitizer.h"

namespace heddle {

using internal::Bucket;
using internal::ParkedWaiter;

namespace {
constexpr std::int64_t kWaits = 1;
void RequireAmount(std::int64_t n) {
  if (n < 0) throw Panic("semaphore: negative amount");
}
}  // namespace

bool Semaphore::TryAcquire(std::int64_t n) {
  RequireAmount(n);
  std::int64_t state = state_.load(std::memory_order_relaxed);  // the CAS decides
  while ((state & kWaits) == 0 && state / 2 >= n) {
    // acquire: pairs with the release in Release
    if (state_.compare_exchange_weak(state, state - 2 * n, std::memory_order_acquire,
                                     std::memory_order_relaxed)) {
      internal::TsanAcquire(&state_);
      return true;
    }
  }
  return false;
}

void Semaphore::Take(std::int64_t n) {
  if (TryAcquire(n)) return;
  ParkedWaiter self(0, n);
  {
    Bucket bucket(this);
    std::int64_t state = state_.load(std::memory_order_relaxed);  // the CAS decides
    for (;;) {
      const bool free = (state & kWaits) == 0 && state / 2 >= n;
      // acquire: pairs with the release in Release
      if (state_.compare_exchange_weak(state, free ? state - 2 * n : state | kWaits,
                                       std::memory_order_acquire, std::memory_order_relaxed)) {
        if (free) {
          internal::TsanAcquire(&state_);
          return;
        }
        break;
      }
    }
    bucket.PushBack(&self);
  }
  internal::Park(internal::WaitReason::kSemaphore);
}

void Semaphore::Release(std::int64_t n) {
  RequireAmount(n);
  internal::TsanRelease(&state_);
  std::int64_t state = state_.load(std::memory_order_relaxed);  // the CAS decides
  while ((state & kWaits) == 0) {
    // release: pairs with the acquire in TryAcquire
    if (state_.compare_exchange_weak(state, state + 2 * n, std::memory_order_release,
                                     std::memory_order_relaxed)) {
      return;
    }
  }
  ParkedWaiter* first = nullptr;
  {
    Bucket bucket(this);
    // acq_rel: what others released is passed on by Unpark. While kWaits is set only
    // this lock's holder changes the state; when it is clear others may, so by CAS.
    state = state_.load(std::memory_order_acquire);
    internal::TsanAcquire(&state_);
    ParkedWaiter* last;
    std::int64_t next;
    std::int64_t taken = 0;
    ParkedWaiter* waiter = bucket.Front();
    last = nullptr;
    if (waiter != nullptr) {
      std::int64_t permits = state / 2 + n;
      while ((waiter = bucket.Front()) != nullptr && waiter->amount <= permits) {
        permits -= waiter->amount;
        taken += waiter->amount;
        bucket.PopFront();
        (last != nullptr ? last->next : first) = waiter;
        last = waiter;
      }
      if (last != nullptr) last->next = nullptr;
    }
    do {
      next = state + 2 * (n - taken);
      next = bucket.Front() != nullptr ? next | kWaits : next & ~kWaits;
    } while (!state_.compare_exchange_weak(state, next, std::memory_order_acq_rel,
                                           std::memory_order_acquire));
  }
  while (first != nullptr) {
    ParkedWaiter* waiter = first;
    first = waiter->next;
    internal::Unpark(waiter->task);
  }
}

}  // namespace heddle
