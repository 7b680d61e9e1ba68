// The slow paths of RWMutex: see heddle/rw_mutex.h for the states. kWaiters changes only
// under the bucket's lock. Whoever leaves while it is set hands over under that lock:
// the waiters own the lock when they are unparked, and the mutex is not touched after.
#include "heddle/mutex.h"
#include "parking.h"
#include "sanitizer.h"

namespace heddle {

namespace {

using internal::Bucket;
using internal::ParkedWaiter;

enum Kind : int { kReads, kWrites };

void UnparkAll(ParkedWaiter* first) {
  while (first != nullptr) {
    ParkedWaiter* waiter = first;
    first = waiter->next;
    internal::Unpark(waiter->task);
  }
}

}  // namespace

void RWMutex::LockSlow() {
  ParkedWaiter self(kWrites);
  {
    Bucket bucket(&state_);
    std::uint64_t state = state_.load(std::memory_order_relaxed);  // the CAS decides
    for (;;) {
      const std::uint64_t next = state == 0 ? kWriter : state | kWaiters;
      // acquire: if it was free; pairs with the releases in Unlock and RUnlock
      if (state_.compare_exchange_weak(state, next, std::memory_order_acquire,
                                       std::memory_order_relaxed)) {
        break;
      }
    }
    if (state == 0) {
      internal::TsanAcquire(&state_);
      return;
    }
    bucket.PushBack(&self);
  }
  internal::Park(internal::WaitReason::kRWMutexLock);
}

void RWMutex::RLockSlow() {
  ParkedWaiter self(kReads);
  {
    Bucket bucket(&state_);
    std::uint64_t state = state_.load(std::memory_order_relaxed);  // the CAS decides
    bool free;
    for (;;) {
      free = (state & (kWriter | kWaiters)) == 0;
      const std::uint64_t next = free ? state + kReader : state | kWaiters;
      // acquire: if it was free; pairs with the release in Unlock
      if (state_.compare_exchange_weak(state, next, std::memory_order_acquire,
                                       std::memory_order_relaxed)) {
        break;
      }
    }
    if (free) {
      internal::TsanAcquire(&state_);
      return;
    }
    bucket.PushBack(&self);
  }
  internal::Park(internal::WaitReason::kRWMutexRLock);
}

void RWMutex::UnlockSlow() {
  internal::TsanRelease(&state_);
  ParkedWaiter* first = nullptr;
  {
    Bucket bucket(&state_);
    // acquire: what former holders did is passed on by Unpark
    const std::uint64_t state = state_.load(std::memory_order_acquire);
    if ((state & kWriter) == 0) {
      bucket.Unlock();
      throw Panic("sync: Unlock of unlocked RWMutex");
    }
    // All readers that wait, wherever they are in the queue; else the first writer.
    std::uint64_t readers = 0;
    ParkedWaiter* last = nullptr;
    ParkedWaiter* before = nullptr;
    for (ParkedWaiter* waiter = bucket.Front(); waiter != nullptr;) {
      ParkedWaiter* const behind = waiter->next;
      if (waiter->kind == kReads) {
        bucket.Remove(before, waiter);
        (last != nullptr ? last->next : first) = waiter;
        last = waiter;
        ++readers;
      } else {
        before = waiter;
      }
      waiter = behind;
    }
    if (first == nullptr) {
      first = last = bucket.PopFront();
    }
    last->next = nullptr;
    const std::uint64_t waiters = bucket.Front() != nullptr ? kWaiters : 0;
    // release: pairs with the acquire of whoever finds it free later. A plain store: with
    // kWriter and kWaiters set nobody else changes the state without the bucket's lock.
    state_.store((readers > 0 ? readers * kReader : kWriter) | waiters, std::memory_order_release);
  }
  UnparkAll(first);
}

void RWMutex::RUnlock() {
  internal::TsanRelease(&state_);
  std::uint64_t state = state_.load(std::memory_order_relaxed);  // the CAS decides
  for (;;) {
    if (state < kReader) throw Panic("sync: RUnlock of unlocked RWMutex");
    if (state < 2 * kReader && (state & kWaiters) != 0) {
      RUnlockSlow();
      return;
    }
    // release: pairs with the acquires of Lock
    if (state_.compare_exchange_weak(state, state - kReader, std::memory_order_release,
                                     std::memory_order_relaxed)) {
      return;
    }
  }
}

// The last reader leaves while tasks wait: to the first writer. Readers in front of it
// cannot be: they wait only for a writer that holds the lock or waits before them.
void RWMutex::RUnlockSlow() {
  ParkedWaiter* writer;
  {
    Bucket bucket(&state_);
    // Another reader may have come in only by a hand-over, so the count is still one;
    // acquire: what the other readers did before they left is passed on by Unpark
    static_cast<void>(state_.load(std::memory_order_acquire));
    internal::TsanAcquire(&state_);
    writer = bucket.PopFront();
    const std::uint64_t waiters = bucket.Front() != nullptr ? kWaiters : 0;
    state_.store(kWriter | waiters, std::memory_order_release);  // as in UnlockSlow
  }
  internal::Unpark(writer->task);
}

}  // namespace heddle
