// See timer.h.
#include "timer.h"

#include <limits>
#include <vector>

#include "monitor.h"
#include "sanitizer.h"
#include "scheduler.h"

namespace heddle::internal {

namespace {

constexpr std::size_t kArity = 4;

SpinLock lock;
// guarded by lock. Made at its first use, which may come from another file's static
// constructor, and leaked: timers are used until the very end of the process.
std::vector<TimerNode*>& Heap() {
  static std::vector<TimerNode*>& heap = *new std::vector<TimerNode*>;
  return heap;
}

void Place(std::size_t at, TimerNode* node) {
  Heap()[at] = node;
  node->index = static_cast<std::ptrdiff_t>(at);
}

void SiftUp(std::size_t at, TimerNode* node) {
  while (at > 0) {
    const std::size_t parent = (at - 1) / kArity;
    if (Heap()[parent]->when_ns <= node->when_ns) break;
    Place(at, Heap()[parent]);
    at = parent;
  }
  Place(at, node);
}

void SiftDown(std::size_t at, TimerNode* node) {
  for (;;) {
    const std::size_t first = at * kArity + 1;
    if (first >= Heap().size()) break;
    std::size_t least = first;
    for (std::size_t i = first + 1; i < first + kArity && i < Heap().size(); ++i) {
      if (Heap()[i]->when_ns < Heap()[least]->when_ns) least = i;
    }
    if (Heap()[least]->when_ns >= node->when_ns) break;
    Place(at, Heap()[least]);
    at = least;
  }
  Place(at, node);
}

void Remove(TimerNode* node) {
  const auto at = static_cast<std::size_t>(node->index);
  node->index = -1;
  TimerNode* last = Heap().back();
  Heap().pop_back();
  if (last == node) return;
  if (at > 0 && last->when_ns < Heap()[(at - 1) / kArity]->when_ns) {
    SiftUp(at, last);
  } else {
    SiftDown(at, last);
  }
}

}  // namespace

std::int64_t Deadline(std::chrono::nanoseconds d) {
  const std::int64_t now = NowNs();
  constexpr std::int64_t kFar = std::numeric_limits<std::int64_t>::max();
  return d.count() > kFar - now ? kFar : now + d.count();
}

SpinLock& TimerLock() { return lock; }

void StartTimerLocked(TimerNode* node, std::int64_t when_ns) {
  node->when_ns = when_ns;
  TsanRelease(node);
  {
    TsanIgnoreScope ignore;
    Heap().push_back(node);
  }
  SiftUp(Heap().size() - 1, node);
  if (node->index == 0) WakeMonitorBy(when_ns);
}

bool StopTimerLocked(TimerNode* node) {
  if (node->index < 0) return false;
  Remove(node);
  return true;
}

void StartTimer(TimerNode* node, std::int64_t when_ns) {
  scheduler.EnsureStarted();
  SpinGuard guard(lock);
  StartTimerLocked(node, when_ns);
}

bool StopTimer(TimerNode* node) {
  SpinGuard guard(lock);
  TsanAcquire(node);  // pairs with a callback that came too late
  return StopTimerLocked(node);
}

std::int64_t FireTimers(std::int64_t now_ns) {
  SpinGuard guard(lock);
  while (!Heap().empty()) {
    TimerNode* node = Heap().front();
    if (node->when_ns > now_ns) return node->when_ns;
    Remove(node);
    if (node->period_ns > 0) {
      // The next multiple after now: ticks that nobody could have seen are left out.
      const std::int64_t missed = (now_ns - node->when_ns) / node->period_ns;
      node->when_ns += (missed + 1) * node->period_ns;
      Heap().push_back(node);
      SiftUp(Heap().size() - 1, node);
    }
    TsanAcquire(node);  // pairs with StartTimerLocked
    node->fire(node);   // may free a node that is not periodic
  }
  return -1;
}

bool AnyTimerPending() {
  SpinGuard guard(lock);
  return !Heap().empty();
}

}  // namespace heddle::internal
