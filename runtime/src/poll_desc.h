// What the poller knows of one open descriptor: who waits for it, side by side for
// reading and for writing. After Go's runtime/netpoll.go.
//
// A side's word says what is known of it:
//
//   value       set by                                    next
//   kIdle       whoever waits, before it tries the call    kReady, or the task
//   kReady      the poller: it became ready since          kIdle (before the next try)
//   a Task*     the task, when the call would block        kReady (the poller, which unparks it)
//                                                          kIdle (closed or deadline: same)
//
// The poller is edge-triggered: an event says only that a side *became* ready, once.
// So a side is set to kIdle before the call is tried, never after: what comes in between
// leaves kReady behind, and the wait that follows returns at once. A wait that ends
// without need costs one more try, so events may also come too often, or for a
// descriptor that had this record before.
//
// Who may: one task at a time waits for a side (NetFd has a lock for each). Everybody
// else only takes a waiter out and unparks it, which by the protocol of task.h happens
// once. Records are recycled, never given back to the allocator: the poller may hold an
// event for one that has been closed meanwhile.
// Typical size: 200 bytes, two timers among them.
#ifndef HEDDLE_SRC_POLL_DESC_H_
#define HEDDLE_SRC_POLL_DESC_H_

#include <cstdint>

#include "task.h"
#include "timer.h"

namespace heddle::internal {

enum class IoSide : std::uint8_t { kRead, kWrite };

// Why a wait is over, or why there is none.
enum class IoState : std::uint8_t { kReady, kClosed, kTimeout };

class PollDesc {
 public:
  // A record that no descriptor has. Throws std::bad_alloc.
  static PollDesc* Take();
  // Requires: its descriptor is out of the poller, and nobody waits or will.
  static void Give(PollDesc* desc);

  // kReady: the call may be tried.
  IoState Check(IoSide side) const;
  // To be called before each try.
  void Forget(IoSide side);
  // Whether there was an event since Forget, or the other end hung up at any time.
  bool MayBeReady(IoSide side) const;
  // Parks until the side may be ready, its deadline has passed, or Evict. Blocks: task.
  IoState Wait(IoSide side);

  // No wait for it returns kReady from now on, those under way return. Blocks: never.
  void Evict();
  // `when_ns` of the monotonic clock; kNoDeadline takes it away. Blocks: never.
  static constexpr std::int64_t kNoDeadline = INT64_MAX;
  void SetDeadline(IoSide side, std::int64_t when_ns);

  // For the poller: the side became ready. Returns the task to unpark, if one waited.
  Task* BecomeReady(IoSide side);
  void HangUp() { hung_up_.store(true, std::memory_order_relaxed); }  // published by BecomeReady

 private:
  static constexpr std::uintptr_t kIdle = 0;
  static constexpr std::uintptr_t kReady = 1;

  struct Side {
    Atomic<std::uintptr_t> word{kIdle};
    Atomic<bool> expired{false};  // written under the timers' lock
    TimerNode timer;              // fires at the deadline
  };

  PollDesc();
  Side& At(IoSide side) { return sides_[static_cast<int>(side)]; }
  const Side& At(IoSide side) const { return sides_[static_cast<int>(side)]; }
  static Task* TakeOut(Side& side, std::uintptr_t next);
  static void Expire(TimerNode* node);

  Side sides_[2];
  Atomic<bool> closed_{false};
  Atomic<bool> hung_up_{false};
  PollDesc* next_free_ = nullptr;
};

}  // namespace heddle::internal

#endif  // HEDDLE_SRC_POLL_DESC_H_
