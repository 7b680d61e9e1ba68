// See poller.h. The system calls are made by number: ThreadSanitizer would take the
// library's wrappers for an order between everybody who ever registered a descriptor.
#include "poller.h"

#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>

#include "goroutine.h"
#include "monitor.h"
#include "poll_desc.h"
#include "scheduler.h"

namespace heddle::internal {

constinit Poller poller;

namespace {

// Events taken at a time, as Go does.
constexpr int kBatch = 128;

int Control(int epoll_fd, int operation, int fd, std::uint32_t events, PollDesc* desc) {
  epoll_event event{};
  event.events = events;
  event.data.ptr = desc;
  return syscall(SYS_epoll_ctl, epoll_fd, operation, fd, &event) == 0 ? 0 : errno;
}

}  // namespace

bool Poller::Start() {
  SpinGuard guard(start_lock_);
  if (epoll_fd_.load(std::memory_order_relaxed) >= 0) return true;  // written under the lock
  const int epoll_fd = epoll_create1(EPOLL_CLOEXEC);
  if (epoll_fd < 0) return false;
  break_fd_ = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
  // Edge-triggered, so that nobody ever has to read it: each write is an event.
  if (break_fd_ < 0 ||
      Control(epoll_fd, EPOLL_CTL_ADD, break_fd_, EPOLLIN | EPOLLET, nullptr) != 0) {
    const int error = errno;
    if (break_fd_ >= 0) close(break_fd_);
    close(epoll_fd);
    errno = error;
    return false;
  }
  epoll_fd_.store(epoll_fd, std::memory_order_release);  // pairs with the acquire loads below
  return true;
}

int Poller::Add(int fd, PollDesc* desc) {
  scheduler.EnsureStarted();
  if (epoll_fd_.load(std::memory_order_acquire) < 0 && !Start()) return errno;  // pairs with Start
  return Control(epoll_fd_.load(std::memory_order_relaxed), EPOLL_CTL_ADD, fd,  // as above
                 EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET, desc);
}

void Poller::Remove(int fd) {
  // relaxed: Add came before
  Control(epoll_fd_.load(std::memory_order_relaxed), EPOLL_CTL_DEL, fd, 0, nullptr);
}

void Poller::RequireLook(bool caller_is_goroutine) {
  if (state_.load() == kAsleep) return;
  if (!caller_is_goroutine) scheduler.WakeOne();
  WakeMonitorBy(NowNs() + kUnattendedNs);
}

Goroutine* Poller::Look() {
  std::uint8_t nobody = kNobody;
  if (!AnyWaiter() || !state_.compare_exchange_strong(nobody, kLooking)) return nullptr;
  // relaxed: written by who polls; the monitor takes it as a hint
  looks_.store(looks_.load(std::memory_order_relaxed) + 1, std::memory_order_relaxed);
  Goroutine* ready = Collect(0);
  state_.store(kNobody);
  return ready;
}

bool Poller::Enter() {
  std::uint8_t nobody = kNobody;
  return AnyWaiter() && state_.compare_exchange_strong(nobody, kAsleep);
}

void Poller::Leave() {
  // What others write before they look at `state_` comes before this or sees it.
  state_.store(kNobody);
  if (AnyWaiter()) WakeMonitorBy(NowNs() + kUnattendedNs);
}

void Poller::Break() {
  const std::uint64_t one = 1;
  // It fails only when the counter is at its end, after 2^64 calls.
  static_cast<void>(syscall(SYS_write, break_fd_, &one, sizeof(one)));
}

Goroutine* Poller::Collect(int timeout_ms) {
  epoll_event events[kBatch];
  // acquire: pairs with Start. An interrupted wait is a wait without events.
  const long count = syscall(SYS_epoll_pwait, epoll_fd_.load(std::memory_order_acquire), events,
                             kBatch, timeout_ms, nullptr, 8);
  Goroutine* first = nullptr;
  Goroutine* last = nullptr;
  for (long i = 0; i < count; ++i) {
    auto* desc = static_cast<PollDesc*>(events[i].data.ptr);
    if (desc == nullptr) continue;  // Break
    const std::uint32_t bits = events[i].events;
    if ((bits & (EPOLLRDHUP | EPOLLHUP | EPOLLERR)) != 0) desc->HangUp();
    Task* woken[2] = {};
    if ((bits & (EPOLLIN | EPOLLRDHUP | EPOLLHUP | EPOLLERR)) != 0) {
      woken[0] = desc->BecomeReady(IoSide::kRead);
    }
    if ((bits & (EPOLLOUT | EPOLLHUP | EPOLLERR)) != 0) {
      woken[1] = desc->BecomeReady(IoSide::kWrite);
    }
    for (Task* task : woken) {
      Goroutine* g = task != nullptr ? UnparkLater(task) : nullptr;
      if (g == nullptr) continue;
      g->next = nullptr;
      (last != nullptr ? last->next : first) = g;
      last = g;
    }
  }
  return first;
}

}  // namespace heddle::internal
