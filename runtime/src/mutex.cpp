// The slow paths of Mutex: see heddle/mutex.h for the states.
#include "heddle/mutex.h"

#include "parking.h"
#include "sanitizer.h"
#include "scheduler.h"

namespace heddle {

namespace {

using internal::Bucket;
using internal::ParkedWaiter;

constexpr int kSpins = internal::kModelled ? 1 : 30;
constexpr std::int64_t kStarvedNs = 1'000'000;

// A waiter's `amount` is when it began to wait.
struct Waiter : ParkedWaiter {
  explicit Waiter(std::int64_t began) : ParkedWaiter(0, began) {}
};

}  // namespace

void Mutex::LockSlow() {
  std::int64_t began = 0;
  int spins = 0;
  std::uint32_t state = state_.load(std::memory_order_relaxed);  // the CAS decides
  for (;;) {
    if ((state & kLocked) == 0) {
      // acquire: pairs with the release in Unlock
      if (state_.compare_exchange_weak(state, state | kLocked, std::memory_order_acquire,
                                       std::memory_order_relaxed)) {
        internal::TsanAcquire(&state_);
        return;
      }
      continue;
    }
    // Spinning makes sense only while the holder runs elsewhere and nobody waits.
    if ((state & kWaiters) == 0 && spins < kSpins && internal::scheduler.limit() > 1) {
      ++spins;
      internal::CpuRelax();
      state = state_.load(std::memory_order_relaxed);  // as above
      continue;
    }
    if (began == 0) began = internal::NowNs();
    Waiter self(began);
    {
      Bucket bucket(&state_);
      state = state_.load(std::memory_order_relaxed);  // as above
      // relaxed: the bucket's lock orders this with UnlockSlow
      if ((state & kLocked) == 0 ||
          !state_.compare_exchange_strong(state, state | kWaiters, std::memory_order_relaxed)) {
        continue;
      }
      bucket.PushBack(&self);
    }
    internal::Park(internal::WaitReason::kMutex);
    if (self.granted) return;
    spins = 0;
    state = state_.load(std::memory_order_relaxed);  // as above
  }
}

void Mutex::UnlockSlow() {
  internal::TsanRelease(&state_);
  ParkedWaiter* waiter;
  {
    Bucket bucket(&state_);
    std::uint32_t state = state_.load(std::memory_order_relaxed);  // changed below by CAS
    if ((state & kLocked) == 0) {
      bucket.Unlock();
      throw Panic("sync: unlock of unlocked mutex");
    }
    waiter = bucket.PopFront();
    if (waiter != nullptr && internal::NowNs() - waiter->amount > kStarvedNs) {
      // Stays locked: for the waiter, whom Unpark tells all that happened so far.
      waiter->granted = true;
      if (bucket.Front() == nullptr) {
        state_.store(kLocked, std::memory_order_relaxed);  // under the bucket's lock
      }
    } else {
      // release: pairs with the acquire in Lock. Only lockers and this change it now,
      // and lockers not while it is locked, but to set kWaiters under the bucket's lock.
      state_.store(bucket.Front() != nullptr ? kWaiters : 0, std::memory_order_release);
    }
  }
  if (waiter != nullptr) internal::Unpark(waiter->task);
}

}  // namespace heddle
