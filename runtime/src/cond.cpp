// See heddle/cond.h. `waiters_` is the length of the queue in the parking table, changed
// only under the bucket's lock; it lets Signal return without that lock when nobody waits.
#include "heddle/cond.h"

#include "parking.h"
#include "sanitizer.h"

namespace heddle {

using internal::Bucket;
using internal::ParkedWaiter;
using internal::TsanAcquire;
using internal::TsanRelease;

void Cond::WaitOnce() {
  ParkedWaiter self;
  {
    Bucket bucket(this);
    bucket.PushBack(&self);
    waiters_.fetch_add(1);  // seq_cst with the load in Signal; before the mutex is unlocked
  }
  TsanRelease(&mutex_);  // pairs with the lockers, whose code may be the program's
  try {
    mutex_.Unlock();
  } catch (...) {
    // Not locked: misuse. Take the place back, unless a Signal already has.
    bool queued = false;
    {
      Bucket bucket(this);
      ParkedWaiter* before = nullptr;
      for (ParkedWaiter* w = bucket.Front(); w != nullptr; before = w, w = w->next) {
        if (w != &self) continue;
        bucket.Remove(before, w);
        waiters_.fetch_sub(1);
        queued = true;
        break;
      }
    }
    if (!queued) internal::Park(internal::WaitReason::kCond);
    throw;
  }
  internal::Park(internal::WaitReason::kCond);
  mutex_.Lock();
  TsanAcquire(&mutex_);  // pairs with the unlockers, as above
}

void Cond::Signal() {
  if (waiters_.load() == 0) return;
  ParkedWaiter* waiter;
  {
    Bucket bucket(this);
    waiter = bucket.PopFront();
    if (waiter != nullptr) waiters_.fetch_sub(1);
  }
  if (waiter != nullptr) internal::Unpark(waiter->task);
}

void Cond::Broadcast() {
  if (waiters_.load() == 0) return;
  ParkedWaiter* first = nullptr;
  {
    Bucket bucket(this);
    ParkedWaiter* last = nullptr;
    while (ParkedWaiter* waiter = bucket.PopFront()) {
      (last != nullptr ? last->next : first) = waiter;
      last = waiter;
    }
    if (last != nullptr) last->next = nullptr;
    waiters_.store(0);
  }
  while (first != nullptr) {
    ParkedWaiter* waiter = first;
    first = waiter->next;
    internal::Unpark(waiter->task);
  }
}

}  // namespace heddle
