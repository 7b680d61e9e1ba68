// See inside.h.
#include "unit/inside.h"

#include <heddle/go.h>

#include <chrono>
#include <thread>

#include "goroutine.h"
#include "large_stack.h"
#include "scheduler.h"
#include "stack.h"
#include "timer.h"

namespace heddle {

namespace {

// Stacks that are bound to a record, free or not. Requires: no goroutine is running.
int CountBoundStacks() {
  int bound = 0;
  internal::ForEachGoroutine(
      [](void* context, internal::Goroutine* g) {
        *static_cast<int*>(context) += g->fiber.stack != nullptr || g->large_stack != nullptr;
      },
      &bound);
  return bound;
}

// Stacks that exist and are nowhere. Requires: as above; the workers' caches then rest,
// and what they did happens before NumGoroutines said that all had ended.
std::int64_t CountLostStacks() {
  const internal::StackCounts counts = internal::CountStacks();
  std::int64_t found = counts.free;
  for (int i = 0; i < internal::scheduler.worker_count(); ++i) {
    found += internal::scheduler.worker(i)->stacks.size;
  }
  return counts.made - found;
}

}  // namespace

std::string Left() {
  if (const std::size_t running = NumGoroutines(); running != 0) {
    return std::to_string(running) + " goroutine(s)";
  }
  std::string left;
  if (const int bound = CountBoundStacks(); bound != 0) {
    left += std::to_string(bound) + " stack(s) of ended goroutines, ";
  }
  // The monitor may hold some for a moment, to give their pages back.
  if (const std::int64_t lost = CountLostStacks(); lost != 0) {
    left += std::to_string(lost) + " lost stack(s), ";
  }
  if (const int large = internal::CountLargeStacks(); large != 0) {
    left += std::to_string(large) + " large stack(s), ";
  }
  if (internal::AnyTimerPending()) left += "timer(s)";
  return left;
}

int CountParked(WaitReason reason) {
  struct Count {
    WaitReason reason;
    int parked;
  } count{reason, 0};
  internal::ForEachGoroutine(
      [](void* context, internal::Goroutine* g) {
        auto& count = *static_cast<Count*>(context);
        // acquire: pairs with the compare-exchange in Scheduler::Run
        if (g->state.load(std::memory_order_acquire) != internal::kParked) return;
        if (g->id != 0 && g->reason == count.reason) ++count.parked;
      },
      &count);
  return count.parked;
}

void AwaitTrue(const std::function<bool()>& condition) {
  while (!condition()) {
    if (GoroutineId() == 0) {
      std::this_thread::yield();
    } else {
      Yield();
    }
  }
}

void AwaitParked(WaitReason reason, int count) {
  AwaitTrue([=] { return CountParked(reason) >= count; });
}

std::string AwaitNothingLeft() {
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  std::string left;
  while (!(left = Left()).empty() && std::chrono::steady_clock::now() < end) {
    std::this_thread::yield();
  }
  return left;
}

}  // namespace heddle
