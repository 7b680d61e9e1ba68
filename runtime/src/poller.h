// The poller: the kernel's epoll, which tells what descriptors became ready. After Go's
// runtime/netpoll_epoll.go; there is no thread for it. Whoever runs out of work asks:
//
//   a worker that finds no goroutine       Look, on its way to sleep and while it searches
//   one worker of those that sleep         sleeps in Wait instead of on its futex
//   every 61st goroutine of a worker       Look: work that never ends must not hide events
//   the monitor, if nobody has for 1 ms    Look, and gets an idle worker to take over
//
// At most one of them polls at a time (`state_`): an event is for one of them anyway.
//
// No event is left lying. Events are *unattended* while tasks wait and nobody sleeps in the
// poll. Who makes them so, by starting to wait or by coming back from the poll, sees to it
// that the monitor is awake within 1 ms; and that comes back every 1 ms while they are (an
// OS thread, which will look for nothing itself, has a worker woken at once). So when all
// workers that are awake compute, an event is late by 2 ms at most, and only the first one.
//
// Each descriptor is registered once, edge-triggered, for both sides, when it is opened.
// Cost: Look 250 ns and up; nothing (one load) while no task waits for a descriptor.
#ifndef HEDDLE_SRC_POLLER_H_
#define HEDDLE_SRC_POLLER_H_

#include <cstdint>

#include "sync.h"

namespace heddle::internal {

class PollDesc;
struct Goroutine;

class Poller {
 public:
  // How long an event may lie before the monitor looks.
  static constexpr std::int64_t kUnattendedNs = 1'000'000;

  constexpr Poller() = default;

  // Registers `fd`, whose events go to `desc`. Returns 0 or an errno; EPERM for what
  // cannot be polled, a regular file. Blocks: never.
  int Add(int fd, PollDesc* desc);
  void Remove(int fd);

  // Tasks parked until a descriptor is ready. While there are any nothing is a deadlock.
  bool AnyWaiter() const { return waiters_.load(std::memory_order_seq_cst) != 0; }
  void AddWaiter() { waiters_.fetch_add(1, std::memory_order_seq_cst); }
  void RemoveWaiter() { waiters_.fetch_sub(1, std::memory_order_seq_cst); }
  // After AddWaiter: somebody will look.
  void RequireLook(bool caller_is_goroutine);

  // Whether events can be lying about that nobody sleeps for.
  bool Unattended() const { return AnyWaiter() && state_.load() != kAsleep; }

  // How often anybody has looked.
  std::uint32_t looks() const { return looks_.load(std::memory_order_relaxed); }  // a hint

  // What became ready: goroutines to be run, linked by `next`; threads are woken at once.
  // Null also when somebody else polls. Blocks: never.
  Goroutine* Look();

  // Become the one who sleeps here; false when somebody polls already. Then Wait, as
  // often as wished, and Leave. Wait blocks the thread, until an event or Break.
  bool Enter();
  Goroutine* Wait() { return Collect(-1); }
  void Leave();
  // Makes the Wait under way, or the next one, return.
  void Break();

 private:
  enum State : std::uint8_t { kNobody, kLooking, kAsleep };
  bool Start();
  Goroutine* Collect(int timeout_ms);

  Atomic<std::int64_t> waiters_{0};
  Atomic<std::uint8_t> state_{kNobody};
  Atomic<std::uint32_t> looks_{0};
  SpinLock start_lock_;
  Atomic<int> epoll_fd_{-1};
  int break_fd_ = -1;  // an eventfd; set before epoll_fd_ is
};

// The one poller: constant-initialized and never destroyed, as the scheduler.
extern Poller poller;

}  // namespace heddle::internal

#endif  // HEDDLE_SRC_POLLER_H_
