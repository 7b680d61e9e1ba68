// The deadlock check, which must never be wrong.
//
// It counts threads: workers asleep in the scheduler, threads parked in the runtime,
// and the monitor that is asking. Only if that is every thread in /proc/self/task is
// nobody left who could wake anybody. The reading is not one instant, so it is done
// twice: each worker and each thread counts its sleeps, and if all slept in both
// readings with the counts unchanged, each slept throughout, and so all at once
// between the two. A thread that has been notified is awake for this purpose from the
// instant of Unpark, which changes its state before it touches anything else.
#include "deadlock.h"

#include <dirent.h>

#include <cstdint>

#include "poller.h"
#include "report.h"
#include "sanitizer.h"
#include "scheduler.h"
#include "thread_state.h"
#include "timer.h"

namespace heddle::internal {

namespace {

struct Reading {
  bool all_asleep = true;
  int threads = 0;  // asleep and known
  std::uint64_t sleeps = 0;
};

Reading Read() {
  Reading reading;
  const int workers = scheduler.worker_count();
  for (int i = 0; i < workers; ++i) {
    Worker* worker = scheduler.worker(i);
    // acquire: pairs with Scheduler::Sleep and WakeOne
    if (worker->asleep.load(std::memory_order_acquire) == 0) reading.all_asleep = false;
    reading.sleeps += worker->sleeps.load(std::memory_order_acquire);
    ++reading.threads;
  }
  for (ThreadState* thread = AllThreads(); thread != nullptr; thread = thread->next) {
    if (thread->own || !thread->in_use.load(std::memory_order_acquire)) continue;
    // acquire: pairs with ParkThread and Unpark
    if (thread->task.state.load(std::memory_order_acquire) != kParked) {
      reading.all_asleep = false;  // it will say so when it parks or ends
      continue;
    }
    reading.sleeps += thread->parks.load(std::memory_order_acquire);
    ++reading.threads;
  }
  return reading;
}

// Threads of the process, as the kernel lists them; a large number if it does not.
int CountThreads() {
  DIR* tasks = opendir("/proc/self/task");
  if (tasks == nullptr) return 1 << 30;
  int count = 0;
  while (const dirent* entry = readdir(tasks)) {
    if (entry->d_name[0] != '.') ++count;
  }
  closedir(tasks);
  return count;
}

// The monitor itself, and what ThreadSanitizer runs in the background.
int OwnThreads() { return TsanOn() ? 2 : 1; }

}  // namespace

Verdict LookForDeadlock() {
  const Reading first = Read();
  if (!first.all_asleep) return Verdict::kAwake;
  const int threads = CountThreads();
  if (AnyTimerPending() || poller.AnyWaiter()) return Verdict::kAwake;
  const bool work = scheduler.AnythingRunnable();
  const Reading second = Read();
  if (!second.all_asleep || second.sleeps != first.sleeps || second.threads != first.threads) {
    return Verdict::kAwake;
  }
  if (work && !scheduler.stopped()) return Verdict::kMissedWork;
  if (threads > first.threads + OwnThreads()) return Verdict::kForeignThreads;
  ReportDeadlock();
}

}  // namespace heddle::internal
