// Queues, tokens, sleeping and waking. See scheduler.h for the rules; worker.cpp runs
// the goroutines that are found here.
#include "scheduler.h"

#include <sched.h>

#include <new>
#include <utility>

#include "env.h"
#include "exit.h"
#include "fatal.h"
#include "fault.h"
#include "monitor.h"
#include "poller.h"
#include "sanitizer.h"

namespace heddle::internal {

constinit Scheduler scheduler;

namespace {

// How long a worker without work searches before it sleeps: some 20 us.
constexpr int kSearchRounds = kModelled ? 2 : 40;
constexpr int kPausesPerRound = kModelled ? 1 : 12;
constexpr int kRoundsPerLook = 8;
// Every so many goroutines a worker looks at the common queue first, so that its own
// cannot starve it. A prime, as Go's.
constexpr std::uint32_t kCommonEvery = 61;
// How often in a row the hand-off slot goes before the queue.
constexpr int kNextBudget = 64;

int DefaultLimit() {
  cpu_set_t allowed;
  int cpus = 1;
  if (sched_getaffinity(0, sizeof(allowed), &allowed) == 0) cpus = CPU_COUNT(&allowed);
  const int procs = EnvInt("HEDDLE_PROCS", cpus);
  return procs < Scheduler::kMaxProcs ? procs : Scheduler::kMaxProcs;
}

[[noreturn]] void FatalAfterFork() {
  Fatal("heddle: the child of a fork used goroutines; it must exec or _exit first");
}

std::uint32_t NextRandom(Worker* worker) {
  std::uint32_t x = worker->random;
  x ^= x << 13;
  x ^= x >> 17;
  x ^= x << 5;
  return worker->random = x;
}

}  // namespace

void Scheduler::Start() {
  if (forked_.load()) FatalAfterFork();
  static constinit SpinLock once;
  SpinGuard guard(once);
  if (started_.load(std::memory_order_relaxed)) return;     // written under `once`
  limit_.store(DefaultLimit(), std::memory_order_relaxed);  // published by started_
  InstallFaultHandler();
  InstallExitHandler();
  CallInForkedChild([] { scheduler.Forked(); });
  StartMonitor();
  started_.store(true, std::memory_order_release);  // pairs with EnsureStarted
}

void Scheduler::Resume() {
  if (for_good_.load(std::memory_order_relaxed)) return;  // read after stopped_
  stopped_.store(false, std::memory_order_seq_cst);
  WakeOne();  // and that one the next, while there is work
}

void Scheduler::StopForGood() {
  for_good_.store(true, std::memory_order_relaxed);  // published by stopped_
  Stop();
}

void Scheduler::Forked() {
  forked_.store(true);
  Stop();                 // seen by the worker whose goroutine forked, when that parks
  started_.store(false);  // seen by everybody else
}

Goroutine* Scheduler::WaitWhileStopped(Worker* worker) {
  while (stopped()) {
    if (forked_.load()) FatalAfterFork();
    // Its own goroutine has called exit() and now waits: for the others.
    if (exiting_.load(std::memory_order_relaxed) == worker &&
        !for_good_.load(std::memory_order_relaxed)) {  // as in Resume
      Resume();
    } else if (Goroutine* g = Sleep(worker)) {
      return g;
    }
  }
  return nullptr;
}

void Scheduler::SetLimit(int procs) {
  if (procs > kMaxProcs) procs = kMaxProcs;
  limit_.store(procs, std::memory_order_relaxed);  // a number; workers see it in time
  WakeOne();
}

void Scheduler::PushCommon(Goroutine* first, Goroutine* last, int count) {
  SpinGuard guard(common_lock_);
  last->next = nullptr;
  (common_tail_ != nullptr ? common_tail_->next : common_head_) = first;
  common_tail_ = last;
  // relaxed: readers outside the lock only want a hint, ordered by their own fence
  common_size_.store(common_size_.load(std::memory_order_relaxed) + count,
                     std::memory_order_relaxed);
}

// Takes one goroutine, and moves up to `most` - 1 others, its fair share, to its ring.
Goroutine* Scheduler::PopCommon(Worker* worker, int most) {
  if (common_size_.load(std::memory_order_relaxed) == 0) return nullptr;  // a hint
  SpinGuard guard(common_lock_);
  Goroutine* g = common_head_;
  if (g == nullptr) return nullptr;
  int size = common_size_.load(std::memory_order_relaxed);  // written under the lock
  int share = size / limit() + 1;
  if (share > most) share = most;
  common_head_ = g->next;
  --size;
  while (--share > 0 && common_head_ != nullptr) {
    Goroutine* more = common_head_;
    Goroutine* rest = more->next;
    if (!worker->queue.Push(more)) break;
    common_head_ = rest;
    --size;
  }
  if (common_head_ == nullptr) common_tail_ = nullptr;
  common_size_.store(size, std::memory_order_release);  // pairs with AnythingRunnable
  return g;
}

void Scheduler::PushLocal(Worker* worker, Goroutine* g) {
  if (worker->queue.Push(g)) return;
  // Full: half of the ring and the newcomer go to the common queue.
  Goroutine* moved[RunQueue::kSize / 2];
  const std::uint32_t count = worker->queue.StealHalf(moved);
  for (std::uint32_t i = 0; i + 1 < count; ++i) moved[i]->next = moved[i + 1];
  if (count == 0) {
    PushCommon(g, g, 1);
    return;
  }
  moved[count - 1]->next = g;
  PushCommon(moved[0], g, static_cast<int>(count) + 1);
}

void Scheduler::Ready(Goroutine* g) {
  Worker* worker = CurrentWorker();
  // relaxed: if the monitor has just taken the token, it will find g here (Watch)
  if (worker == nullptr || !worker->has_token.load(std::memory_order_relaxed)) {
    PushCommon(g, g, 1);
  } else {
    // acq_rel: pairs with the exchange in Steal, which reads what g holds
    Goroutine* before = worker->run_next.exchange(g, std::memory_order_acq_rel);
    if (before != nullptr) PushLocal(worker, before);
  }
  WakeOne();
}

void Scheduler::WakeOne() {
  // Pairs with the fence in Sleep: push before look, give back before look.
  if (!Planted(Plant::kMissingFence)) Fence(std::memory_order_seq_cst);
  // relaxed: ordered by the fence above
  if (spinning_.load(std::memory_order_relaxed) != 0) return;
  if (running_.load(std::memory_order_relaxed) >= limit()) {
    RequireWatch();
    return;
  }
  int nobody = 0;
  if (!spinning_.compare_exchange_strong(nobody, 1)) return;
  Worker* worker = nullptr;
  bool start = false;
  {
    SpinGuard guard(idle_lock_);
    const int running = running_.load(std::memory_order_relaxed);  // written under the lock
    if (running < limit()) {
      if (idle_count_ > 0) {
        // One in the poll is left there if there is another.
        // relaxed: a hint
        if (idle_count_ > 1 &&
            idle_[idle_count_ - 1]->asleep.load(std::memory_order_relaxed) == Worker::kInPoll) {
          std::swap(idle_[idle_count_ - 1], idle_[idle_count_ - 2]);
        }
        worker = idle_[--idle_count_];
      } else {
        start = true;
      }
      running_.store(running + 1, std::memory_order_relaxed);  // ordered by fences, as above
    }
  }
  if (start && StartWorker()) return;
  if (worker == nullptr) {
    if (start) {
      SpinGuard guard(idle_lock_);
      running_.store(running_.load(std::memory_order_relaxed) - 1, std::memory_order_relaxed);
    }
    spinning_.fetch_sub(1);
    RequireWatch();
    return;
  }
  worker->has_token.store(true, std::memory_order_relaxed);  // published by asleep
  worker->spinning = true;
  // acq_rel: pairs with the acquire in Sleep, and with the exchanges in SleepInPoll
  if (worker->asleep.exchange(Worker::kAwake, std::memory_order_acq_rel) == Worker::kInPoll) {
    poller.Break();
  } else {
    FutexWake(&worker->asleep, 1);
  }
}

// A new worker, with a token and searching. Returns false when the system has no more
// threads to give (and then at least one worker must exist).
bool Scheduler::StartWorker() {
  static constinit SpinLock lock;
  Worker* worker;
  {
    SpinGuard guard(lock);
    const int index = worker_count_.load(std::memory_order_relaxed);  // written under the lock
    if (index == kMaxWorkers) return false;
    worker = workers_[index];  // if the last try failed; somebody may be looking at it
    if (worker == nullptr) {
      TsanIgnoreScope ignore;
      worker = new (std::nothrow) Worker(index);
      if (worker == nullptr && index == 0) Fatal("heddle: cannot start a thread");
      if (worker == nullptr) return false;
    }
    worker->random = 2463534242u + static_cast<std::uint32_t>(index) * 7919u;
    worker->spinning = true;
    workers_[index] = worker;
    worker_count_.store(index + 1, std::memory_order_release);  // pairs with worker_count()
    if (!StartThread([](void* w) { scheduler.Loop(static_cast<Worker*>(w)); }, worker)) {
      if (index == 0) Fatal("heddle: cannot start a thread");
      worker_count_.store(index, std::memory_order_release);
      return false;
    }
  }
  return true;
}

Goroutine* Scheduler::Steal(Worker* thief, Worker* victim, bool take_next) {
  Goroutine* loot[RunQueue::kSize / 2];
  const std::uint32_t count = victim->queue.StealHalf(loot);
  if (count > 0) {
    for (std::uint32_t i = 1; i < count; ++i) PushLocal(thief, loot[i]);
    return loot[0];
  }
  // The hand-off slot is left to its owner, which is about to run it, unless the owner
  // is busy with something long.
  // relaxed: a hint; acq_rel: pairs with the exchange in Ready
  if (!take_next && victim->has_token.load(std::memory_order_relaxed)) return nullptr;
  if (victim->run_next.load(std::memory_order_relaxed) == nullptr) return nullptr;
  return victim->run_next.exchange(nullptr, std::memory_order_acq_rel);
}

Goroutine* Scheduler::Next(Worker* worker) {
  // relaxed: only this thread writes it
  const std::uint32_t tick = worker->ticks.load(std::memory_order_relaxed);
  if (tick % kCommonEvery == 0) {
    if (Goroutine* g = PopCommon(worker, 1)) return g;
    if (Goroutine* g = LookForIo(worker)) return g;
  }
  // relaxed: a hint, this thread is the only one that fills it
  if (worker->run_next.load(std::memory_order_relaxed) != nullptr && worker->next_budget > 0) {
    --worker->next_budget;
    Goroutine* g = worker->run_next.exchange(nullptr, std::memory_order_acq_rel);  // with Steal
    if (g != nullptr) return g;
  }
  worker->next_budget = kNextBudget;
  if (Goroutine* g = worker->queue.Pop()) return g;
  if (worker->run_next.load(std::memory_order_relaxed) != nullptr) {  // as above
    Goroutine* g = worker->run_next.exchange(nullptr, std::memory_order_acq_rel);
    if (g != nullptr) return g;
  }
  return PopCommon(worker, static_cast<int>(RunQueue::kSize / 2));
}

Goroutine* Scheduler::Search(Worker* worker) {
  for (int round = 0; round < kSearchRounds; ++round) {
    if (Goroutine* g = PopCommon(worker, static_cast<int>(RunQueue::kSize / 2))) return g;
    const int count = worker_count();
    const int first = static_cast<int>(NextRandom(worker) % static_cast<std::uint32_t>(count));
    for (int i = 0; i < count; ++i) {
      Worker* victim = workers_[(first + i) % count];
      if (victim == worker) continue;
      const bool take_next = round >= kSearchRounds / 2;
      if (Goroutine* g = Steal(worker, victim, take_next)) return g;
    }
    if (round % kRoundsPerLook == 0) {
      if (Goroutine* g = LookForIo(worker)) return g;
    }
    for (int i = 0; i < kPausesPerRound; ++i) CpuRelax();
  }
  return nullptr;
}

void Scheduler::StopSearching(Worker* worker) {
  if (!worker->spinning) return;
  worker->spinning = false;
  // It hid new work from sleepers while it searched: pass the search on.
  if (spinning_.fetch_sub(1) == 1) WakeOne();
}

bool Scheduler::AnythingRunnable() {
  // acquire: what PopCommon has moved to a ring is seen there
  if (common_size_.load(std::memory_order_acquire) != 0) return true;
  const int count = worker_count();
  for (int i = 0; i < count; ++i) {
    Worker* worker = workers_[i];
    if (worker->queue.Size() != 0) return true;
    if (worker->run_next.load(std::memory_order_relaxed) != nullptr) return true;  // as above
  }
  return false;
}

// Gives the token back and sleeps until woken with one; or comes back by itself with one,
// and a goroutine to run.
Goroutine* Scheduler::Sleep(Worker* worker) {
  worker->asleep.store(Worker::kOnFutex, std::memory_order_relaxed);  // published by idle_lock_
  worker->sleeps.store(worker->sleeps.load(std::memory_order_relaxed) + 1,
                       std::memory_order_relaxed);  // only this thread writes it
  const bool was_spinning = worker->spinning;
  worker->spinning = false;  // once in idle_, the record is its waker's
  {
    SpinGuard guard(idle_lock_);
    if (worker->has_token.load(std::memory_order_relaxed)) {  // written under the lock
      worker->has_token.store(false, std::memory_order_relaxed);
      running_.store(running_.load(std::memory_order_relaxed) - 1, std::memory_order_relaxed);
    }
    idle_[idle_count_++] = worker;
  }
  if (was_spinning) spinning_.fetch_sub(1);
  Fence(std::memory_order_seq_cst);  // pairs with the one in WakeOne
  if (!stopped() && !Planted(Plant::kLostWakeUp) && AnythingRunnable()) {
    WakeOne();  // perhaps this very worker
  }
  SuspectDeadlock();
  if (Goroutine* g = SleepInPoll(worker)) return g;
  // acquire: pairs with the exchange in WakeOne
  while (worker->asleep.load(std::memory_order_acquire) != Worker::kAwake) {
    FutexWait(&worker->asleep, Worker::kOnFutex);
  }
  return nullptr;
}

inline Goroutine* Scheduler::FindRunnable(Worker* worker) {
  // relaxed: as below
  if (!stopped() && worker->has_token.load(std::memory_order_relaxed) &&
      running_.load(std::memory_order_relaxed) <= limit()) {
    if (Goroutine* g = Next(worker)) return g;
  }
  return FindFurtherAway(worker);
}

// The same where a worker has nothing of its own, or must not go on.
[[gnu::noinline]] Goroutine* Scheduler::FindFurtherAway(Worker* worker) {
  for (;;) {
    if (stopped()) {
      if (Goroutine* g = WaitWhileStopped(worker)) return g;  // resumed while it went to sleep
    }
    // relaxed: if it is being taken, one goroutine more runs without
    if (worker->has_token.load(std::memory_order_relaxed) &&
        running_.load(std::memory_order_relaxed) <= limit()) {
      if (Goroutine* g = Next(worker)) return g;
      if (Goroutine* g = LookForIo(worker)) return g;
      if (!worker->spinning && 2 * spinning_.load(std::memory_order_relaxed) <
                                   running_.load(std::memory_order_relaxed)) {  // heuristic
        worker->spinning = true;
        spinning_.fetch_add(1);
      }
      if (worker->spinning) {
        if (Goroutine* g = Search(worker)) return g;
      }
    } else {
      // Over the limit, or retaken: nobody may be left waiting here.
      Goroutine* g = worker->run_next.exchange(nullptr, std::memory_order_acq_rel);  // with Steal
      for (; g != nullptr; g = worker->queue.Pop()) PushCommon(g, g, 1);
      while ((g = worker->queue.Pop()) != nullptr) PushCommon(g, g, 1);
    }
    if (Goroutine* g = Sleep(worker)) return g;
  }
}

void Scheduler::EnterBlocking(Worker* worker) {
  {
    SpinGuard guard(idle_lock_);
    if (!worker->has_token.load(std::memory_order_relaxed)) return;  // written under the lock
    worker->has_token.store(false, std::memory_order_relaxed);
    running_.store(running_.load(std::memory_order_relaxed) - 1, std::memory_order_relaxed);
  }
  Fence(std::memory_order_seq_cst);  // as in Sleep
  if (AnythingRunnable()) WakeOne();
}

bool Scheduler::ExitBlocking(Worker* worker) {
  // relaxed: nobody gives it one but this thread and, while it sleeps, WakeOne
  if (worker->has_token.load(std::memory_order_relaxed)) return true;  // it parked meanwhile
  SpinGuard guard(idle_lock_);
  const int running = running_.load(std::memory_order_relaxed);  // written under the lock
  if (running >= limit()) return false;
  running_.store(running + 1, std::memory_order_relaxed);
  worker->has_token.store(true, std::memory_order_relaxed);
  return true;
}

void Scheduler::Loop(Worker* worker) {
  EnterWorkerThread(worker);
  for (;;) {
    Goroutine* g = FindRunnable(worker);
    StopSearching(worker);
    Run(worker, g);
  }
}

}  // namespace heddle::internal
