// See heddle/wait_group.h for the states.
#include "heddle/wait_group.h"

#include <limits>

#include "fatal.h"
#include "parking.h"
#include "sanitizer.h"

namespace heddle {

namespace {

using internal::Bucket;
using internal::ParkedWaiter;

constexpr std::uint32_t Waiters(std::uint64_t state) { return static_cast<std::uint32_t>(state); }
constexpr std::int64_t Counter(std::uint64_t state) {
  return static_cast<std::int64_t>(state >> 32);
}

}  // namespace

WaitGroup::~WaitGroup() {
  // relaxed: whoever destroys it has been told by other means that it may
  if (state_.load(std::memory_order_relaxed) == 0) return;
  static const char kMessage[] =
      "heddle: misuse: WaitGroup destroyed before its counter was zero\n";
  internal::WriteStderr(kMessage, sizeof(kMessage) - 1);
}

void WaitGroup::Add(int delta) {
  internal::TsanRelease(&state_);
  std::uint64_t state = state_.load(std::memory_order_relaxed);  // the CAS below decides
  std::uint64_t next;
  std::int64_t counter;
  do {
    counter = Counter(state) + delta;
    if (counter < 0) throw Panic("sync: negative WaitGroup counter");
    if (counter > std::numeric_limits<std::int32_t>::max()) {
      throw Panic("sync: WaitGroup counter overflow");
    }
    next = static_cast<std::uint64_t>(counter) << 32 | (counter == 0 ? 0 : Waiters(state));
    // acq_rel: this Done's release, and the last one's acquire of all before
  } while (!state_.compare_exchange_weak(state, next, std::memory_order_acq_rel,
                                         std::memory_order_relaxed));
  internal::TsanAcquire(&state_);
  std::uint32_t waiters = Waiters(state);
  if (counter != 0 || waiters == 0) return;
  // From here only the address is used. Exactly those waiters that were counted.
  ParkedWaiter* first = nullptr;
  {
    Bucket bucket(&state_);
    ParkedWaiter* last = nullptr;
    for (; waiters > 0; --waiters) {
      ParkedWaiter* waiter = bucket.PopFront();
      (last != nullptr ? last->next : first) = waiter;
      last = waiter;
    }
    last->next = nullptr;
  }
  while (first != nullptr) {
    ParkedWaiter* waiter = first;
    first = waiter->next;
    internal::Unpark(waiter->task);
  }
}

void WaitGroup::WaitForZero() {
  // acquire: pairs with the CAS in Add
  if (Counter(state_.load(std::memory_order_acquire)) == 0) {
    internal::TsanAcquire(&state_);
    return;
  }
  ParkedWaiter self;
  {
    Bucket bucket(&state_);
    // Under the bucket's lock: an Add that sees this waiter counted also finds it queued.
    std::uint64_t state = state_.load(std::memory_order_acquire);  // as above
    do {
      if (Counter(state) == 0) {
        internal::TsanAcquire(&state_);
        return;
      }
      // relaxed on success: published by the bucket's lock
    } while (!state_.compare_exchange_weak(state, state + 1, std::memory_order_relaxed,
                                           std::memory_order_acquire));
    bucket.PushBack(&self);
  }
  internal::Park(internal::WaitReason::kWaitGroup);
  // relaxed: a check for misuse
  if (state_.load(std::memory_order_relaxed) != 0) {
    throw Panic("sync: WaitGroup is reused before previous Wait has returned");
  }
}

}  // namespace heddle
