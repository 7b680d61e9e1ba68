// The parking table: where tasks wait for an address. A lock or a counter in user
// memory is a word or two of state; who waits for it is kept here, in a bucket chosen
// by its address. So a primitive may be destroyed as soon as its last wait has returned:
// whoever lets the waiter go changes the state under the bucket's lock and touches
// nothing of the primitive afterwards. After WebKit's ParkingLot.
//
// Use: construct a Bucket for the address (that locks it), look at and change the state
// of the primitive, then push a waiter or pop some; unlock, and Park or Unpark.
// Invariants: waiters of one address are first in, first out. A waiter lies on the stack
// of its task and is out of the table before that task goes on.
// Cost: the lock, and a walk over the addresses that share the bucket (1024 buckets).
#ifndef HEDDLE_SRC_PARKING_H_
#define HEDDLE_SRC_PARKING_H_

#include <cstdint>

#include "sync.h"
#include "task.h"

namespace heddle::internal {

struct ParkedWaiter {
  explicit ParkedWaiter(int kind = 0, std::int64_t amount = 0)
      : task(CurrentTask()), kind(kind), amount(amount) {}

  Task* const task;
  const int kind;             // the primitive's: reader or writer, ...
  const std::int64_t amount;  // the primitive's: how many permits
  bool granted = false;       // set by the waker before Unpark: it has what it waited for
  ParkedWaiter* next = nullptr;  // behind it in the same queue

  // Of the first waiter of an address: the last one, and the next address's first.
  ParkedWaiter* last = nullptr;
  ParkedWaiter* other = nullptr;
  const void* address = nullptr;
};

struct ParkingSlot {
  SpinLock lock;
  ParkedWaiter* first = nullptr;
};

class Bucket {
 public:
  explicit Bucket(const void* address);
  ~Bucket() {
    if (locked_) Unlock();
  }
  Bucket(const Bucket&) = delete;
  Bucket& operator=(const Bucket&) = delete;

  void Unlock() {
    locked_ = false;
    slot_.lock.Unlock();
  }

  // The longest waiting one, or null.
  ParkedWaiter* Front();
  void PushBack(ParkedWaiter* waiter);
  ParkedWaiter* PopFront();
  // Takes out `waiter`, which is in the queue, `before` which is ahead of it.
  void Remove(ParkedWaiter* before, ParkedWaiter* waiter);

 private:
  ParkedWaiter** Find();

  const void* const address_;
  ParkingSlot& slot_;
  bool locked_ = true;
};

}  // namespace heddle::internal

#endif  // HEDDLE_SRC_PARKING_H_
