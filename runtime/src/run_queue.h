// A worker's queue of runnable goroutines: a bounded ring that its owner fills at the
// tail and empties at the head, and from which other workers steal half at the head.
// After Go's runtime/proc.go (runqput, runqget, runqgrab), itself a bounded form of
// Chase and Lev's deque with a FIFO owner.
//
// Who may: Push, Pop, PushBatch only the owner; StealHalf and Size any thread.
// Invariants: tail - head <= kSize; slots in [head, tail) are written before tail is
// raised and not reused before head has passed them.
// Cost: Push two plain stores, Pop one locked compare-exchange.
#ifndef HEDDLE_SRC_RUN_QUEUE_H_
#define HEDDLE_SRC_RUN_QUEUE_H_

#include <cstdint>

#include "sync.h"

namespace heddle::internal {

struct Goroutine;

class RunQueue {
 public:
  static constexpr std::uint32_t kSize = kModelled ? 4 : 256;

  // Returns false when the ring is full.
  bool Push(Goroutine* g) {
    const std::uint32_t head = head_.load(std::memory_order_acquire);  // pairs with TakeHead's CAS
    const std::uint32_t tail = tail_.load(std::memory_order_relaxed);  // only the owner writes it
    if (tail - head >= kSize) return false;
    slots_[tail % kSize].store(g, std::memory_order_relaxed);  // published by tail_
    tail_.store(tail + 1, std::memory_order_release);  // pairs with the acquire in StealHalf
    return true;
  }

  Goroutine* Pop() {
    std::uint32_t head = head_.load(std::memory_order_acquire);  // pairs with TakeHead's CAS
    for (;;) {
      const std::uint32_t tail = tail_.load(std::memory_order_relaxed);  // only the owner writes it
      if (head == tail) return nullptr;
      Goroutine* g = slots_[head % kSize].load(std::memory_order_relaxed);  // owner's own store
      if (TakeHead(head, 1)) return g;
    }
  }

  // Takes up to half of the ring, at least one if there is any, into `out`, which has
  // room for kSize / 2. Returns how many.
  std::uint32_t StealHalf(Goroutine** out) {
    std::uint32_t head = head_.load(std::memory_order_acquire);  // pairs with TakeHead's CAS
    for (;;) {
      const std::uint32_t tail = tail_.load(std::memory_order_acquire);  // pairs with Push
      std::uint32_t count = tail - head;
      count -= count / 2;
      if (count == 0) return 0;
      if (count > kSize / 2) {  // head and tail were read at different times
        head = head_.load(std::memory_order_acquire);
        continue;
      }
      for (std::uint32_t i = 0; i < count; ++i) {
        // relaxed: if the slot was reused meanwhile, TakeHead fails
        out[i] = slots_[(head + i) % kSize].load(std::memory_order_relaxed);
      }
      if (TakeHead(head, count)) return count;
    }
  }

  // A guess for other threads, exact for an owner with no thieves.
  std::uint32_t Size() const {
    const std::uint32_t head = head_.load(std::memory_order_acquire);  // head first: never negative
    return tail_.load(std::memory_order_acquire) - head;
  }

 private:
  // acq_rel: pairs with the acquire loads of head_, so that the slot is read before the
  // owner can see it as free.
  bool TakeHead(std::uint32_t& head, std::uint32_t count) {
    return head_.compare_exchange_weak(head, head + count, std::memory_order_acq_rel,
                                       std::memory_order_acquire);
  }

  alignas(64) Atomic<std::uint32_t> head_{0};
  alignas(64) Atomic<std::uint32_t> tail_{0};
  Atomic<Goroutine*> slots_[kSize] = {};
};

}  // namespace heddle::internal

#endif  // HEDDLE_SRC_RUN_QUEUE_H_
