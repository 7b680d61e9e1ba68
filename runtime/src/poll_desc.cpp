// See poll_desc.h. No wake-up is lost: a waiter puts itself into the word, then looks
// whether it is closed or too late; who closes or expires sets its flag, then looks at
// the word. All four are seq_cst, so one of the two sees the other.
#include "poll_desc.h"

#include "poller.h"
#include "sanitizer.h"
#include "scheduler.h"

namespace heddle::internal {

namespace {
SpinLock free_lock;
PollDesc* free_list = nullptr;  // guarded by free_lock
}  // namespace

PollDesc::PollDesc() {
  for (Side& side : sides_) {
    side.timer.fire = Expire;
    side.timer.context = &side;
  }
}

PollDesc* PollDesc::Take() {
  PollDesc* desc = nullptr;
  {
    SpinGuard guard(free_lock);
    desc = free_list;
    if (desc != nullptr) free_list = desc->next_free_;
  }
  if (desc == nullptr) {
    TsanIgnoreScope ignore;
    return new PollDesc;
  }
  desc->closed_.store(false);
  desc->hung_up_.store(false);
  for (Side& side : desc->sides_) {
    side.expired.store(false);
    side.word.store(kIdle);
  }
  return desc;
}

void PollDesc::Give(PollDesc* desc) {
  for (Side& side : desc->sides_) StopTimer(&side.timer);
  SpinGuard guard(free_lock);
  desc->next_free_ = free_list;
  free_list = desc;
}

IoState PollDesc::Check(IoSide side) const {
  if (closed_.load()) return IoState::kClosed;
  return At(side).expired.load() ? IoState::kTimeout : IoState::kReady;
}

void PollDesc::Forget(IoSide side) {
  Atomic<std::uintptr_t>& word = At(side).word;
  // acquire: pairs with BecomeReady; what the event was about is there for the call.
  // The load needs no order: an event not seen leaves kReady behind.
  if (word.load(std::memory_order_relaxed) != kIdle) {
    word.exchange(kIdle, std::memory_order_acquire);
  }
}

bool PollDesc::MayBeReady(IoSide side) const {
  // acquire: pairs with BecomeReady, which publishes hung_up_
  return At(side).word.load(std::memory_order_acquire) == kReady ||
         hung_up_.load(std::memory_order_relaxed);
}

IoState PollDesc::Wait(IoSide which) {
  Side& side = At(which);
  Task* const self = CurrentTask();
  const auto waiting = reinterpret_cast<std::uintptr_t>(self);
  for (;;) {
    if (const IoState state = Check(which); state != IoState::kReady) return state;
    poller.AddWaiter();
    std::uintptr_t word = kIdle;
    if (side.word.compare_exchange_strong(word, waiting)) {
      word = waiting;
      if (Check(which) == IoState::kReady || !side.word.compare_exchange_strong(word, kIdle)) {
        // Parked for also when somebody has taken it out: the Unpark is on its way.
        poller.RequireLook(self->is_goroutine);
        Park(WaitReason::kIo);
      }
    }
    poller.RemoveWaiter();
    // acquire: pairs with BecomeReady
    if (side.word.exchange(kIdle, std::memory_order_acquire) == kReady) return IoState::kReady;
  }
}

// Sets the word to `next`; returns who waited. kReady is not taken back by kIdle.
Task* PollDesc::TakeOut(Side& side, std::uintptr_t next) {
  std::uintptr_t word = side.word.load();
  for (;;) {
    if (word == kReady || (word == kIdle && next == kIdle)) return nullptr;
    if (side.word.compare_exchange_weak(word, next)) {
      return word == kIdle ? nullptr : reinterpret_cast<Task*>(word);
    }
  }
}

Task* PollDesc::BecomeReady(IoSide side) { return TakeOut(At(side), kReady); }

void PollDesc::Evict() {
  closed_.store(true);
  for (Side& side : sides_) {
    if (Task* task = TakeOut(side, kIdle)) Unpark(task);
  }
}

void PollDesc::Expire(TimerNode* node) {
  auto* side = static_cast<Side*>(node->context);
  side->expired.store(true);
  if (Task* task = TakeOut(*side, kIdle)) Unpark(task);
}

void PollDesc::SetDeadline(IoSide which, std::int64_t when_ns) {
  scheduler.EnsureStarted();
  Side& side = At(which);
  Task* late = nullptr;
  {
    SpinGuard guard(TimerLock());
    StopTimerLocked(&side.timer);
    const bool past = when_ns <= NowNs();
    side.expired.store(past);
    if (past) {
      late = TakeOut(side, kIdle);
    } else if (when_ns != kNoDeadline) {
      StartTimerLocked(&side.timer, when_ns);
    }
  }
  if (late != nullptr) Unpark(late);
}

}  // namespace heddle::internal
