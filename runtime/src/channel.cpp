// See channel.h.
#include "channel.h"

#include <limits>
#include <new>

#include "heddle/panic.h"

namespace heddle::internal {

void WaiterQueue::PushBack(ChannelWaiter* waiter) {
  waiter->next = nullptr;
  waiter->previous = last_;
  (last_ != nullptr ? last_->next : first_) = waiter;
  last_ = waiter;
  waiter->queued = true;
}

void WaiterQueue::Remove(ChannelWaiter* waiter) {
  (waiter->previous != nullptr ? waiter->previous->next : first_) = waiter->next;
  (waiter->next != nullptr ? waiter->next->previous : last_) = waiter->previous;
  waiter->queued = false;
}

ChannelWaiter* WaiterQueue::Claim() {
  while (ChannelWaiter* waiter = first_) {
    Remove(waiter);
    if (waiter->claim == nullptr) return waiter;
    int nobody = SelectClaim::kNobody;
    if (Planted(Plant::kDoubleResume) && waiter->claim->winner.load() == nobody) {
      waiter->claim->winner.store(waiter->index);
      return waiter;
    }
    // acq_rel: one winner; it also sees what the select wrote before it parked
    if (waiter->claim->winner.compare_exchange_strong(nobody, waiter->index,
                                                      std::memory_order_acq_rel)) {
      return waiter;
    }
  }
  return nullptr;
}

ChannelCore::ChannelCore(const ElementType* type, std::size_t capacity)
    : type(type), capacity(capacity) {
  if (capacity == 0) return;
  if (capacity > std::numeric_limits<std::ptrdiff_t>::max() / type->size) {
    throw Panic("makechan: size out of range");
  }
  ring_ =
      static_cast<std::byte*>(::operator new(capacity * type->size, std::align_val_t(type->align)));
}

ChannelCore::~ChannelCore() {
  for (; count > 0; --count) {
    type->destroy(At(head));
    head = head + 1 == capacity ? 0 : head + 1;
  }
  if (ring_ != nullptr) ::operator delete(ring_, std::align_val_t(type->align));
}

bool ChannelCore::TrySendLocked(void* value, Task** woken) {
  if (closed) throw Panic("send on closed channel");
  if (ChannelWaiter* receiver = receivers.Claim()) {
    *woken = receiver->task;
    receiver->outcome = Outcome::kAgain;  // it cannot be put back: its select may be decided
    type->move(receiver->slot, value);
    receiver->outcome = Outcome::kDone;
    return true;
  }
  if (count == capacity) return false;
  std::size_t tail = head + count;
  if (tail >= capacity) tail -= capacity;
  type->move(At(tail), value);
  ++count;
  return true;
}

TryState ChannelCore::TryRecvLocked(void* slot, Task** woken) {
  if (count > 0) {
    std::byte* oldest = At(head);
    type->move(slot, oldest);
    type->destroy(oldest);
    head = head + 1 == capacity ? 0 : head + 1;
    --count;
    std::size_t tail = head + count;
    if (tail >= capacity) tail -= capacity;
    if (TakeFromSender(At(tail), woken)) ++count;  // its value takes the free place
    return TryState::kValue;
  }
  if (TakeFromSender(slot, woken)) return TryState::kValue;
  return closed ? TryState::kClosed : TryState::kEmpty;
}

bool ChannelCore::TakeFromSender(void* slot, Task** woken) {
  while (ChannelWaiter* sender = senders.Claim()) {
    sender->outcome = Outcome::kDone;
    try {
      type->move(slot, sender->slot);
    } catch (...) {
      sender->outcome = Outcome::kThrew;
      sender->error = std::current_exception();
    }
    if (sender->outcome == Outcome::kDone) {
      *woken = sender->task;
      return true;
    }
    Unpark(sender->task);  // under the lock, for once
  }
  return false;
}

void ChannelCore::EndSend(const ChannelWaiter& sender) {
  if (sender.outcome == Outcome::kThrew) std::rethrow_exception(sender.error);
  if (sender.outcome == Outcome::kClosed) throw Panic("send on closed channel");
}

namespace {

[[noreturn]] void ParkForever(WaitReason reason) {
  for (;;) Park(reason);
}

}  // namespace

ChannelCore* NewChannel(const ElementType* type, std::size_t capacity) {
  return new ChannelCore(type, capacity);
}

void AddRef(ChannelCore* core) noexcept {
  // relaxed: the caller's own reference keeps it alive
  core->references.fetch_add(1, std::memory_order_relaxed);
}

void Release(ChannelCore* core) noexcept {
  TsanRelease(&core->references);
  // acq_rel: every use happens before the destruction
  if (core->references.fetch_sub(1, std::memory_order_acq_rel) != 1) return;
  TsanAcquire(&core->references);
  delete core;
}

void ChannelSend(ChannelCore* core, void* value) {
  if (core == nullptr) ParkForever(WaitReason::kChanSendNil);
  core->lock.Lock();
  UnlockAndWake at_end{core};
  if (core->TrySendLocked(value, &at_end.woken)) return;
  ChannelWaiter self;
  self.task = CurrentTask();
  self.slot = value;
  core->senders.PushBack(&self);
  at_end.Unlock();
  Park(WaitReason::kChanSend);
  ChannelCore::EndSend(self);
}

bool ChannelTrySend(ChannelCore* core, void* value) {
  if (core == nullptr) return false;
  core->lock.Lock();
  UnlockAndWake at_end{core};
  return core->TrySendLocked(value, &at_end.woken);
}

bool ChannelRecv(ChannelCore* core, void* slot) {
  if (core == nullptr) ParkForever(WaitReason::kChanReceiveNil);
  for (;;) {
    core->lock.Lock();
    UnlockAndWake at_end{core};
    const TryState state = core->TryRecvLocked(slot, &at_end.woken);
    if (state != TryState::kEmpty) return state == TryState::kValue;
    ChannelWaiter self;
    self.task = CurrentTask();
    self.slot = slot;
    core->receivers.PushBack(&self);
    at_end.Unlock();
    Park(WaitReason::kChanReceive);
    if (self.outcome != Outcome::kAgain) return self.outcome == Outcome::kDone;
  }
}

TryState ChannelTryRecv(ChannelCore* core, void* slot) {
  if (core == nullptr) return TryState::kEmpty;
  core->lock.Lock();
  UnlockAndWake at_end{core};
  return core->TryRecvLocked(slot, &at_end.woken);
}

void ChannelClose(ChannelCore* core) {
  if (core == nullptr) throw Panic("close of nil channel");
  ChannelWaiter* woken = nullptr;  // linked by `next`
  {
    OrderedGuard guard(core->lock);
    if (core->closed) throw Panic("close of closed channel");
    core->closed = true;
    for (WaiterQueue* queue : {&core->senders, &core->receivers}) {
      while (ChannelWaiter* waiter = queue->Claim()) {
        waiter->next = woken;
        woken = waiter;
      }
    }
  }
  while (woken != nullptr) {
    ChannelWaiter* waiter = woken;
    woken = waiter->next;  // before Unpark: the waiter's stack goes on
    Unpark(waiter->task);
  }
}

std::size_t ChannelLen(const ChannelCore* core) {
  if (core == nullptr) return 0;
  OrderedGuard guard(const_cast<ChannelCore*>(core)->lock);
  return core->count;
}

bool ChannelIsShared(const ChannelCore* core) {
  if (core == nullptr) return false;
  // acquire: pairs with Release of the handles that are gone
  const bool shared = core->references.load(std::memory_order_acquire) > 1;
  TsanAcquire(&core->references);
  return shared;
}

std::size_t ChannelCap(const ChannelCore* core) { return core != nullptr ? core->capacity : 0; }

}  // namespace heddle::internal
