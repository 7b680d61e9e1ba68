// The channel itself: a ring of elements, and the tasks that wait to send or receive.
// After Go's runtime/chan.go.
//
// Invariants, at every unlock:
//   - if receivers wait, the buffer is empty and no sender waits (but the cases of one
//     select, which cannot serve each other);
//   - if senders wait, the buffer is full (unbuffered: always), or it is such a select;
//   - a closed channel has no waiter.
// A waiter lies on the stack of its task. Whoever takes it out of the queue owns it
// until Unpark: moves the value straight to or from the other's stack, and says in
// `outcome` how it ended.
//
// A value whose move throws has not been sent, and its sender gets the exception, whoever
// moved it: a waiting receiver is told to begin again, a receiver that comes goes on to the
// next sender. Only of what was in the buffer does the receiver get the exception; the value
// stays there, in whatever state its type has left it.
//
// Rejected: a queue without a lock (fetch-add slots). It halves the cost of a buffered
// send under contention, but close, select and unbuffered channels then need a second
// protocol beside it.
#ifndef HEDDLE_SRC_CHANNEL_H_
#define HEDDLE_SRC_CHANNEL_H_

#include <cstddef>
#include <cstdint>
#include <exception>

#include "heddle/internal/channel_core.h"
#include "ordered_lock.h"
#include "sync.h"
#include "task.h"

namespace heddle::internal {

// What the cases of one select have in common. Whoever makes `winner` from kNobody to a
// case's index has the right to complete that case.
struct SelectClaim {
  static constexpr int kNobody = -1;
  Atomic<int> winner{kNobody};
};

enum class Outcome : std::uint8_t {
  kClosed,  // woken by close
  kDone,    // a value has been passed
  kAgain,   // of a receiver: nothing has happened
  kThrew,   // of a sender: the move did, `error`
};

struct ChannelWaiter {
  Task* task = nullptr;
  void* slot = nullptr;
  ChannelWaiter* next = nullptr;
  ChannelWaiter* previous = nullptr;
  SelectClaim* claim = nullptr;  // null: not of a select
  int index = 0;                 // of the case in its select
  bool queued = false;
  Outcome outcome = Outcome::kClosed;  // out
  std::exception_ptr error;
};

class WaiterQueue {
 public:
  bool empty() const { return first_ == nullptr; }
  void PushBack(ChannelWaiter* waiter);
  void Remove(ChannelWaiter* waiter);
  // The first waiter that nobody else has a right to, taken out, or null. Cases of
  // selects that have been decided are dropped on the way.
  ChannelWaiter* Claim();
  // Whether Claim would give one, as far as can be told without claiming.
  ChannelWaiter* first() const { return first_; }

 private:
  ChannelWaiter* first_ = nullptr;
  ChannelWaiter* last_ = nullptr;
};

class ChannelCore {
 public:
  ChannelCore(const ElementType* type, std::size_t capacity);
  ~ChannelCore();
  ChannelCore(const ChannelCore&) = delete;
  ChannelCore& operator=(const ChannelCore&) = delete;

  // Try to complete an operation at once. REQUIRES: lock held. `woken`, when set, is to
  // be unparked after unlocking.
  bool TrySendLocked(void* value, Task** woken);
  TryState TryRecvLocked(void* slot, Task** woken);
  // How it ended for a parked sender. Throws what it has to.
  static void EndSend(const ChannelWaiter& sender);

  Atomic<std::uint32_t> references{1};
  OrderedLock lock;
  // guarded by lock
  bool closed = false;
  std::size_t count = 0;
  std::size_t head = 0;
  WaiterQueue senders;
  WaiterQueue receivers;

  const ElementType* const type;
  const std::size_t capacity;

 private:
  std::byte* At(std::size_t index) { return ring_ + index * type->size; }
  // Moves the value of the first sender whose value can be moved to `slot`. False: no such.
  bool TakeFromSender(void* slot, Task** woken);
  std::byte* ring_ = nullptr;
};

// Unlocks, then wakes; also when an exception passes.
struct UnlockAndWake {
  ChannelCore* core;
  Task* woken = nullptr;
  bool locked = true;
  void Unlock() {
    locked = false;
    core->lock.Unlock();
    if (woken != nullptr) Unpark(woken);
  }
  ~UnlockAndWake() {
    if (locked) Unlock();
  }
};

}  // namespace heddle::internal

#endif  // HEDDLE_SRC_CHANNEL_H_
