// Select over channels. See heddle/select.h for the contract, channel.h for waiters.
//
//   1. shuffle the cases; sort the channels by address; lock them all
//   2. the first ready case in the shuffled order is completed: done
//   3. else a default, or a timeout that is not positive: done
//   4. else queue a waiter at every channel, in the shuffled order (of two cases on one
//      channel either may come first), unlock, start the timer, park
//   5. one waker has claimed one case; lock again, take the other waiters out: done
//
// The timer's callback claims like a waker. It is stopped before step 5 ends, and runs
// under the timers' lock, so it never sees this stack afterwards.
#include <algorithm>
#include <chrono>
#include <memory>

#include "channel.h"
#include "heddle/panic.h"
#include "sanitizer.h"
#include "thread_state.h"
#include "timer.h"

namespace heddle::internal {

namespace {

using Kind = SelectCase::Kind;

// Cases for which the arrays below are on the stack; nearly every select.
constexpr int kInline = 8;

struct Place {
  ChannelCore* channel;  // in address order
  int index;             // number of a case, in shuffled order
  ChannelWaiter waiter;  // of that case, once queued
};

bool IsChannelCase(const SelectCase& c) {
  return (c.kind == Kind::kRecv || c.kind == Kind::kSend) && c.channel != nullptr;
}

class Locks {
 public:
  Locks(Place* places, int count) : places_(places), count_(count) {}
  void Lock() {
    for (int i = 0; i < count_; ++i) {
      if (i == 0 || places_[i].channel != places_[i - 1].channel) {
        places_[i].channel->lock.Lock();
      }
    }
    locked_ = true;
  }
  void Unlock() {
    locked_ = false;
    for (int i = count_; i-- > 0;) {
      if (i == 0 || places_[i].channel != places_[i - 1].channel) {
        places_[i].channel->lock.Unlock();
      }
    }
  }
  ~Locks() {
    if (locked_) Unlock();
  }

 private:
  Place* const places_;
  const int count_;
  bool locked_ = false;
};

struct Timeout : TimerNode {
  SelectClaim* claim = nullptr;
  Task* task = nullptr;
  int index = 0;
};

void FireTimeout(TimerNode* node) {
  auto* timeout = static_cast<Timeout*>(node);
  int nobody = SelectClaim::kNobody;
  Task* const task = timeout->task;
  const int index = timeout->index;
  SelectClaim* const claim = timeout->claim;
  // acq_rel: one winner among this and the channels' wakers
  if (claim->winner.compare_exchange_strong(nobody, index, std::memory_order_acq_rel)) {
    Unpark(task);
  } else {
    TsanRelease(node);  // pairs with StopTimer: all this is on the stack of the task
  }
}

// Completes case `c` if it can go on at once. REQUIRES: its channel's lock held.
bool TryCase(SelectCase& c, Task** woken) {
  if (c.kind == Kind::kSend) return c.channel->TrySendLocked(c.slot, woken);
  const TryState state = c.channel->TryRecvLocked(c.slot, woken);
  c.received = state == TryState::kValue;
  return state != TryState::kEmpty;
}

}  // namespace

int SelectCases(SelectCase* cases, int count) {
  int otherwise = -1;
  int earliest = -1;
  int channels = 0;
  for (int i = 0; i < count; ++i) {
    if (IsChannelCase(cases[i])) ++channels;
    if (cases[i].kind == Kind::kDefault && otherwise < 0) otherwise = i;
    if (cases[i].kind == Kind::kTimeout &&
        (earliest < 0 || cases[i].timeout_ns < cases[earliest].timeout_ns)) {
      earliest = i;
    }
  }

  Place inline_places[kInline];
  std::unique_ptr<Place[]> more;
  Place* places = inline_places;
  if (channels > kInline) {
    more = std::make_unique<Place[]>(static_cast<std::size_t>(channels));
    places = more.get();
  }
  int n = 0;
  for (int i = 0; i < count; ++i) {
    if (!IsChannelCase(cases[i])) continue;
    places[n].channel = cases[i].channel;
    // Inside-out shuffle: places[k].index is the k-th case to be tried.
    const int at = static_cast<int>(ThreadRandom() % static_cast<std::uint32_t>(n + 1));
    places[n].index = places[at].index;
    places[at].index = i;
    ++n;
  }
  // Sorted by insertion (few cases); the shuffled order stays.
  for (int i = 1; i < n; ++i) {
    for (int k = i; k > 0 && places[k].channel < places[k - 1].channel; --k) {
      std::swap(places[k].channel, places[k - 1].channel);
    }
  }

  Locks locks(places, n);
  locks.Lock();
  for (int k = 0; k < n; ++k) {
    Task* woken = nullptr;
    const int i = places[k].index;
    bool done = false;
    try {
      done = TryCase(cases[i], &woken);
    } catch (...) {
      locks.Unlock();
      if (woken != nullptr) Unpark(woken);
      throw;
    }
    if (!done) continue;
    locks.Unlock();
    if (woken != nullptr) Unpark(woken);
    return i;
  }
  if (otherwise >= 0) return otherwise;
  if (earliest >= 0 && cases[earliest].timeout_ns <= 0) return earliest;

  SelectClaim claim;
  Task* self = CurrentTask();
  for (int k = 0; k < n; ++k) {
    ChannelWaiter& waiter = places[k].waiter;
    SelectCase& c = cases[places[k].index];
    waiter.index = places[k].index;
    waiter.task = self;
    waiter.slot = c.slot;
    waiter.claim = &claim;
    (c.kind == Kind::kSend ? c.channel->senders : c.channel->receivers).PushBack(&waiter);
  }
  locks.Unlock();

  Timeout timeout;
  if (earliest >= 0) {
    timeout.fire = FireTimeout;
    timeout.claim = &claim;
    timeout.task = self;
    timeout.index = earliest;
    StartTimer(&timeout, Deadline(std::chrono::nanoseconds(cases[earliest].timeout_ns)));
  }
  do {
    Park(n == 0 && earliest < 0 ? WaitReason::kSelectNoCases : WaitReason::kSelect);
  } while (claim.winner.load(std::memory_order_acquire) == SelectClaim::kNobody);  // wakers' CAS
  if (earliest >= 0) StopTimer(&timeout);

  const int winner = claim.winner.load(std::memory_order_acquire);  // as above
  bool ok = true;
  locks.Lock();
  for (int k = 0; k < n; ++k) {
    ChannelWaiter& waiter = places[k].waiter;
    SelectCase& c = cases[waiter.index];
    if (waiter.queued) {
      (c.kind == Kind::kSend ? c.channel->senders : c.channel->receivers).Remove(&waiter);
    } else if (waiter.index == winner) {
      ok = waiter.ok;
    }
  }
  locks.Unlock();
  SelectCase& chosen = cases[winner];
  if (chosen.kind == Kind::kRecv) chosen.received = ok;
  if (chosen.kind == Kind::kSend && !ok) throw Panic("send on closed channel");
  return winner;
}

}  // namespace heddle::internal
