// What Go's sysmon does about a processor that does not come back: a worker that stays
// in one goroutine (a long computation, a lock of another library, a system call that
// nobody wrapped in Blocking) while others wait loses its token and all that it had
// queued. Another worker, or a new thread, goes on with that. The stuck thread is not
// interrupted: C++ code cannot be, at any instruction. It runs on beside its successor,
// makes what it wakes runnable in the common queue, and gives itself up when it comes
// back to the scheduler (FindRunnable: no token).
//
// Who touches what. The token changes under idle_lock_, where the owner is seen to be
// still in the same goroutine. It may come back the instant after and take one more
// goroutine before it sees that it has no token: one too many runs for that long. The
// ring and the hand-off slot can be emptied by any thread at any time. What the owner
// pushes there after it was emptied, having looked at its token before, is found by
// the next look: the watch goes on while anything is runnable.
//
// A thread that computes takes its share of the CPU from the others, so that retaking
// at a fixed pace would, with long computations queued up, make ever more threads that
// get ever slower. So the patience grows with the number of retaken threads that have
// used CPU time since the last look: computations of 10 n ms each settle at n threads.
// One that is blocked in the kernel does not count.
//
// A thread that is ready to run and gets no CPU, on a machine that is too busy, is not
// stuck: a second one would only wait beside it. It gets ten times the patience.
//
// Cost: while something waits for a token, a look at each worker every 10 ms; else none.
#include "monitor.h"
#include "scheduler.h"

namespace heddle::internal {

namespace {

constexpr std::int64_t kPeriodNs = 10'000'000;
// CPU time in a period below which a thread does not compute.
constexpr std::int64_t kIdleNs = 50'000;
// CPU time in one goroutine after which it is a long one, and how long a thread that
// waits for a CPU may take to have used it.
constexpr std::int64_t kLongNs = 2'000'000;
constexpr std::int64_t kStarvedNs = 10 * kPeriodNs;

// Whether the worker's thread has computed since the last look.
bool Computes(Worker* worker) {
  const std::int64_t cpu = CpuNs(worker->cpu_clock);
  const std::int64_t used = cpu - worker->seen_cpu_ns;
  worker->seen_cpu_ns = cpu;
  return used > kIdleNs;
}

// Whether it would go on if only it got a CPU.
bool Starved(Worker* worker, std::int64_t now_ns) {
  return now_ns - worker->seen_since_ns < kStarvedNs &&
         CpuNs(worker->cpu_clock) - worker->seen_cpu_ns < kLongNs &&
         ThreadReadyToRun(worker->tid.load());
}

// Whether it is in a goroutine; else it looks for one or sleeps, and will come by.
bool InGoroutine(Worker* worker) {
  return worker->asleep.load(std::memory_order_acquire) == 0 &&       // pairs with Sleep, WakeOne
         worker->current.load(std::memory_order_acquire) != nullptr;  // with Run
}

}  // namespace

void Scheduler::StartWatch() {
  watched_.store(true, std::memory_order_relaxed);  // published by the wake-up
  WakeMonitorBy(0);
}

void Scheduler::Drain(Worker* worker) {
  // acq_rel: pairs with the exchange in Ready
  if (worker->run_next.load(std::memory_order_relaxed) != nullptr) {  // a hint
    Goroutine* g = worker->run_next.exchange(nullptr, std::memory_order_acq_rel);
    if (g != nullptr) PushCommon(g, g, 1);
  }
  Goroutine* moved[RunQueue::kSize / 2];
  while (const std::uint32_t count = worker->queue.StealHalf(moved)) {
    for (std::uint32_t i = 0; i + 1 < count; ++i) moved[i]->next = moved[i + 1];
    PushCommon(moved[0], moved[count - 1], static_cast<int>(count));
  }
}

Goroutine* Scheduler::TakeRunnable() {
  for (int i = 0; i < worker_count(); ++i) Drain(workers_[i]);
  SpinGuard guard(common_lock_);
  Goroutine* first = common_head_;
  common_head_ = nullptr;
  common_tail_ = nullptr;
  common_size_.store(0, std::memory_order_relaxed);  // a hint outside the lock
  return first;
}

bool Scheduler::Retake(Worker* worker, std::uint32_t tick) {
  SpinGuard guard(idle_lock_);
  // relaxed: written under the lock; acquire: pairs with Run
  if (!worker->has_token.load(std::memory_order_relaxed) || !InGoroutine(worker) ||
      worker->ticks.load(std::memory_order_acquire) != tick) {
    return false;
  }
  worker->has_token.store(false, std::memory_order_relaxed);
  running_.store(running_.load(std::memory_order_relaxed) - 1, std::memory_order_relaxed);
  return true;
}

std::int64_t Scheduler::Watch(std::int64_t now_ns) {
  if (!watched_.load(std::memory_order_relaxed)) return -1;  // RequireWatch wakes us
  if (now_ns < next_watch_ns_) return next_watch_ns_;
  // Off before the look: who pushes after it finds the watch off and requires it.
  watched_.store(false, std::memory_order_relaxed);
  Fence(std::memory_order_seq_cst);  // pairs with the one in WakeOne
  if (stopped() || !AnythingRunnable()) return -1;
  watched_.store(true, std::memory_order_relaxed);

  const int count = worker_count();
  int computing = 0;
  bool found = false;
  for (int i = 0; i < count; ++i) {
    Worker* worker = workers_[i];
    // relaxed: a hint, Retake looks again
    if (!InGoroutine(worker) || worker->has_token.load(std::memory_order_relaxed)) continue;
    if (Computes(worker)) ++computing;
    Drain(worker);
    found = true;
  }
  for (int i = 0; i < count; ++i) {
    Worker* worker = workers_[i];
    if (!InGoroutine(worker) || !worker->has_token.load(std::memory_order_relaxed)) continue;
    const std::uint32_t tick = worker->ticks.load(std::memory_order_relaxed);  // a number
    if (tick != worker->seen_ticks) {
      worker->seen_ticks = tick;
      worker->seen_since_ns = now_ns;
      worker->seen_cpu_ns = CpuNs(worker->cpu_clock);
      continue;
    }
    if (now_ns - worker->seen_since_ns < kPeriodNs * (1 + computing)) continue;
    if (Starved(worker, now_ns) || !Retake(worker, tick)) continue;
    if (Computes(worker)) ++computing;
    Drain(worker);
    found = true;
  }
  if (found) WakeOne();
  next_watch_ns_ = now_ns + kPeriodNs;
  return next_watch_ns_;
}

}  // namespace heddle::internal
