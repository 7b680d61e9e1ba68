// The calls of go.h that are not templates.
#include "heddle/go.h"

#include <sched.h>

#include "scheduler.h"
#include "thread_state.h"
#include "timer.h"

namespace heddle {

using internal::CurrentGoroutine;
using internal::CurrentWorker;
using internal::scheduler;

void Yield() {
  internal::Worker* worker = CurrentWorker();
  internal::Goroutine* g = RunningOn(worker);
  if (g == nullptr) {
    sched_yield();
    return;
  }
  // relaxed: if it is just being taken, the loop moves g to the common queue
  const bool has_token = worker->has_token.load(std::memory_order_relaxed);
  internal::Leave(worker, g, has_token ? internal::After::kYield : internal::After::kRequeue);
}

int MaxProcs(int n) {
  scheduler.EnsureStarted();
  const int before = scheduler.limit();
  if (n > 0) scheduler.SetLimit(n);
  return before;
}

std::size_t NumGoroutines() {
  // Ends first: a goroutine counted as ended has been counted as started.
  std::int64_t live = 0;
  for (auto* t = internal::AllThreads(); t != nullptr; t = t->next) {
    live -= t->finished.load(std::memory_order_acquire);  // pairs with Scheduler::Finish
  }
  for (auto* t = internal::AllThreads(); t != nullptr; t = t->next) {
    live += t->started.load(std::memory_order_acquire);  // pairs with Begin in spawn.cpp
  }
  return live > 0 ? static_cast<std::size_t>(live) : 0;
}

std::uint64_t GoroutineId() {
  internal::Goroutine* g = CurrentGoroutine();
  return g != nullptr ? g->id : 0;
}

namespace internal {

void SleepFor(std::chrono::nanoseconds d) {
  if (d.count() <= 0) return;
  Task* self = CurrentTask();
  TimerNode timer;
  timer.fire = [](TimerNode* node) { Unpark(static_cast<Task*>(node->context)); };
  timer.context = self;
  StartTimer(&timer, Deadline(d));
  Park(WaitReason::kSleep);
}

[[gnu::noinline]] bool RunAndWait(void (*call)(void*), void* arg) {
  struct Body {
    const void* site;
    void (*call)(void*);
    void* arg;
    Task* waiter;
    bool* returned;
    void operator()() {
      SetSpawnSite(site);
      *returned = CallOrReport(call, arg);
      Unpark(waiter);
    }
  };
  bool returned = false;
  Start<Closure<Body>>(&StartFirstGoroutine,
                       Body{__builtin_return_address(0), call, arg, CurrentTask(), &returned});
  Park(WaitReason::kRun);
  return returned;
}

void EnterBlocking() {
  if (CurrentGoroutine() != nullptr) scheduler.EnterBlocking(CurrentWorker());
}

void ExitBlocking() {
  Goroutine* g = CurrentGoroutine();
  if (g == nullptr || scheduler.ExitBlocking(CurrentWorker())) return;
  Leave(CurrentWorker(), g, After::kRequeue);
}

}  // namespace internal

}  // namespace heddle
