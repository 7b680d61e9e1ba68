// Readable, Writable, StopWaiting: waits for descriptors that the runtime does not own.
//
// The caller may wait for one descriptor in several tasks, and may close it or give it to
// another poller, so it is not registered itself: a duplicate is, for the time of the wait.
// poll(2) says whether it is ready; the poller's edges only say when to ask again.
//
// Who waits for which descriptor is in a table, for StopWaiting: shards by its number, each
// a list under a spin lock, of entries on the stacks of those who wait.
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <cerrno>

#include "heddle/net.h"
#include "poll_desc.h"
#include "poller.h"
#include "sys_io.h"

namespace heddle {

using internal::IoSide;
using internal::IoState;
using internal::OrErrno;
using internal::PollDesc;
using internal::SpinGuard;
using internal::SystemError;

namespace {

struct Entry {
  const int fd;
  PollDesc* const desc;
  Entry* next = nullptr;
  Entry* before = nullptr;
};

struct alignas(64) Shard {
  internal::SpinLock lock;
  Entry* first = nullptr;  // guarded by lock
};
constexpr unsigned kShards = 64;
Shard shards[kShards];

Shard& ShardOf(int fd) { return shards[static_cast<unsigned>(fd) % kShards]; }

[[gnu::noinline]] long SysDuplicate(int fd) { return OrErrno(fcntl(fd, F_DUPFD_CLOEXEC, 0)); }
[[gnu::noinline]] long SysPoll(pollfd* one) { return OrErrno(poll(one, 1, 0)); }

// 1: ready, 0: not, else minus errno.
long ReadyNow(int fd, IoSide side) {
  pollfd one{fd, static_cast<short>(side == IoSide::kRead ? POLLIN : POLLOUT), 0};
  const long count = SysPoll(&one);
  if (count == -EINTR) return 0;
  return count > 0 && (one.revents & POLLNVAL) != 0 ? -EBADF : count;
}

// A duplicate of a descriptor that is in the poller and in the table, for a scope.
class Registration {
 public:
  Registration(int fd, int duplicate) : duplicate_(duplicate), entry_{fd, PollDesc::Take()} {
    error_ = internal::poller.Add(duplicate_, entry_.desc);
    Shard& shard = ShardOf(fd);
    SpinGuard guard(shard.lock);
    entry_.next = shard.first;
    if (entry_.next != nullptr) entry_.next->before = &entry_;
    shard.first = &entry_;
  }
  ~Registration() {
    {
      Shard& shard = ShardOf(entry_.fd);
      SpinGuard guard(shard.lock);
      (entry_.before != nullptr ? entry_.before->next : shard.first) = entry_.next;
      if (entry_.next != nullptr) entry_.next->before = entry_.before;
    }
    if (error_ == 0) internal::poller.Remove(duplicate_);
    PollDesc::Give(entry_.desc);
    internal::CloseQuietly(duplicate_);
  }
  Registration(const Registration&) = delete;
  Registration& operator=(const Registration&) = delete;

  int error() const { return error_; }
  PollDesc* desc() const { return entry_.desc; }

 private:
  const int duplicate_;
  Entry entry_;
  int error_ = 0;
};

std::error_code WaitFor(int fd, IoSide side, TimePoint deadline) {
  long ready = ReadyNow(fd, side);
  if (ready < 0) return SystemError(static_cast<int>(-ready));
  if (ready > 0) return {};
  const long duplicate = SysDuplicate(fd);
  if (duplicate < 0) return SystemError(static_cast<int>(-duplicate));
  const Registration registration(fd, static_cast<int>(duplicate));
  if (registration.error() == EPERM) return {};  // cannot be polled: never blocks for long
  if (registration.error() != 0) return SystemError(registration.error());
  PollDesc* desc = registration.desc();
  if (deadline != kNoDeadline) {
    desc->SetDeadline(side, std::chrono::nanoseconds(deadline.time_since_epoch()).count());
  }
  for (;;) {
    desc->Forget(side);
    ready = ReadyNow(static_cast<int>(duplicate), side);
    if (ready < 0) return SystemError(static_cast<int>(-ready));
    if (ready > 0) return {};
    switch (desc->Wait(side)) {
      case IoState::kReady:
        break;
      case IoState::kClosed:
        return NetError::kClosed;
      case IoState::kTimeout:
        return NetError::kTimeout;
    }
  }
}

}  // namespace

std::error_code Readable(int fd, TimePoint deadline) {
  return WaitFor(fd, IoSide::kRead, deadline);
}

std::error_code Writable(int fd, TimePoint deadline) {
  return WaitFor(fd, IoSide::kWrite, deadline);
}

void StopWaiting(int fd) {
  Shard& shard = ShardOf(fd);
  SpinGuard guard(shard.lock);
  for (Entry* entry = shard.first; entry != nullptr; entry = entry->next) {
    if (entry->fd == fd) entry->desc->Evict();
  }
}

}  // namespace heddle
