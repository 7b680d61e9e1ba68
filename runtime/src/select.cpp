// Select over channels. See heddle/select.h for the contract, channel.h for waiters.
//
//   1. one case, drawn at random, is tried alone, under the lock of its channel. A case
//      that can go on needs no others to be looked at, and most do in a busy program
//   2. else shuffle the others; sort the channels by address; lock them all
//   3. the first ready case in the shuffled order is completed: done
//   4. else a default, or a timeout that is not positive: done
//   5. else queue a waiter at every channel, in the shuffled order (of two cases on one
//      channel either may come first), unlock, start the timer, park
//   6. one waker has claimed one case; lock again, take the other waiters out: done
//
// Step 1 is of the same chance for each: among the ready ones, the case that goes first in a
// random order of all is one of them with equal chances, and 3 goes on with that order.
// The timer's callback claims like a waker. It is stopped before step 6 ends, and runs
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

// From 0 to n - 1, n small. REQUIRES: n > 0.
int RandomBelow(int n) {
  if (n == 1) return 0;
  return static_cast<int>((std::uint64_t{ThreadRandom()} * static_cast<std::uint32_t>(n)) >> 32);
}

// Completes case `c` if it can go on at once. REQUIRES: its channel's lock held.
bool TryCase(SelectCase& c, Task** woken) {
  if (c.kind == Kind::kSend) return c.channel->TrySendLocked(c.slot, woken);
  const TryState state = c.channel->TryRecvLocked(c.slot, woken);
  c.received = state == TryState::kValue;
  return state != TryState::kEmpty;
}

// What a select consists of.
struct Outline {
  int channels = 0;    // cases of channels that are not nil
  int otherwise = -1;  // the default's index
  int earliest = -1;   // that of the shortest timeout
};

Outline LookOver(const SelectCase* cases, int count) {
  Outline outline;
  for (int i = 0; i < count; ++i) {
    if (IsChannelCase(cases[i])) ++outline.channels;
    if (cases[i].kind == Kind::kDefault && outline.otherwise < 0) outline.otherwise = i;
    if (cases[i].kind == Kind::kTimeout &&
        (outline.earliest < 0 || cases[i].timeout_ns < cases[outline.earliest].timeout_ns)) {
      outline.earliest = i;
    }
  }
  return outline;
}

// Steps 3 to 6, with the cases in `places`. Returns -1 if all is to be done again: a waker's
// move of the value threw. `*until_ns`: when the timeout is, set by the first try.
int SelectAmong(SelectCase* cases, const Outline& outline, Place* places, int n,
                std::int64_t* until_ns) {
  const int otherwise = outline.otherwise;
  const int earliest = outline.earliest;
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
    waiter.outcome = Outcome::kClosed;
    (c.kind == Kind::kSend ? c.channel->senders : c.channel->receivers).PushBack(&waiter);
  }
  locks.Unlock();

  Timeout timeout;
  if (earliest >= 0) {
    timeout.fire = FireTimeout;
    timeout.claim = &claim;
    timeout.task = self;
    timeout.index = earliest;
    if (*until_ns == 0) {
      *until_ns = Deadline(std::chrono::nanoseconds(cases[earliest].timeout_ns));
    }
    StartTimer(&timeout, *until_ns);
  }
  do {
    Park(n == 0 && earliest < 0 ? WaitReason::kSelectNoCases : WaitReason::kSelect);
  } while (claim.winner.load(std::memory_order_acquire) == SelectClaim::kNobody);  // wakers' CAS
  if (earliest >= 0) StopTimer(&timeout);

  const int winner = claim.winner.load(std::memory_order_acquire);  // as above
  ChannelWaiter* served = nullptr;
  locks.Lock();
  for (int k = 0; k < n; ++k) {
    ChannelWaiter& waiter = places[k].waiter;
    SelectCase& c = cases[waiter.index];
    if (waiter.queued) {
      (c.kind == Kind::kSend ? c.channel->senders : c.channel->receivers).Remove(&waiter);
    } else if (waiter.index == winner) {
      served = &waiter;
    }
  }
  locks.Unlock();
  if (served == nullptr) return winner;  // the timeout
  if (served->outcome == Outcome::kAgain) return -1;
  if (cases[winner].kind == Kind::kSend) {
    ChannelCore::EndSend(*served);
  } else {
    cases[winner].received = served->outcome == Outcome::kDone;
  }
  return winner;
}

// Steps 2 to 6, where case `first` (of a channel, if there is any) was not ready.
[[gnu::noinline]] int SelectAmongAll(SelectCase* cases, int count, const Outline& outline,
                                     int first) {
  Place inline_places[kInline];
  std::unique_ptr<Place[]> more;
  Place* places = inline_places;
  if (outline.channels > kInline) {
    more = std::make_unique<Place[]>(static_cast<std::size_t>(outline.channels));
    places = more.get();
  }
  int n = 0;
  if (first >= 0) {
    places[n].channel = cases[first].channel;
    places[n++].index = first;
  }
  for (int i = 0; i < count; ++i) {
    if (!IsChannelCase(cases[i]) || i == first) continue;
    places[n].channel = cases[i].channel;
    // Inside-out shuffle: places[k].index is the k-th case to be tried; the first one stays.
    const int at = 1 + RandomBelow(n);
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
  std::int64_t until_ns = 0;
  for (;;) {
    const int chosen = SelectAmong(cases, outline, places, n, &until_ns);
    if (chosen >= 0) return chosen;
  }
}

}  // namespace

int SelectCases(SelectCase* cases, int count) {
  const Outline outline = LookOver(cases, count);
  int first = -1;
  if (outline.channels > 0) {
    for (int skip = RandomBelow(outline.channels); skip >= 0; --skip) {
      while (!IsChannelCase(cases[++first])) {
      }
    }
    SelectCase& c = cases[first];
    c.channel->lock.Lock();
    UnlockAndWake at_end{c.channel};
    if (TryCase(c, &at_end.woken)) return first;
    if (outline.channels == 1 && outline.otherwise >= 0) return outline.otherwise;
  }
  return SelectAmongAll(cases, count, outline, first);
}

}  // namespace heddle::internal
