// What happens between the return of `main` and the end of the process. When the
// handlers of exit() come to ours:
//   1. a panic report that a worker is in the middle of gets its time (0.2 s at most):
//      the Done that let `main` go may have come from the unwinding of that goroutine;
//   2. with HEDDLE_LEAKS=1, work in flight gets its time too (0.2 s), then the
//      goroutines still parked are listed;
//   3. the workers stop taking up goroutines, so that these do not meet destroyed
//      statics. A static destructor that parks starts them again (Scheduler::Resume),
//      also when it runs on the goroutine that called exit().
// The exit status of a leak is given by a handler registered before all others, so that
// every static destructor has run by then.
#include "exit.h"

#include <unistd.h>

#include <cstdio>
#include <cstdlib>

#include "env.h"
#include "fatal.h"
#include "report.h"
#include "scheduler.h"

namespace heddle::internal {

namespace {

constexpr std::int64_t kGraceNs = 200'000'000;

Atomic<bool> leaks_found{false};

// Whether goroutine `g` of `worker` is on its way to or inside its panic report.
bool Panicking(Worker* worker) {
  Goroutine* g = worker->current.load(std::memory_order_acquire);  // pairs with Run
  EhGlobals* eh = worker->eh.load(std::memory_order_acquire);      // with EnterWorkerThread
  if (g == nullptr || eh == nullptr || worker == CurrentWorker()) return false;
  // Read across threads on purpose: at worst exit waits for nothing, 0.2 s.
  return *const_cast<volatile unsigned int*>(&eh->uncaught) != 0 ||
         *const_cast<void* volatile*>(&eh->caught) != nullptr ||
         *const_cast<volatile bool*>(&g->panicking);
}

bool AnyPanicking() {
  for (int i = 0; i < scheduler.worker_count(); ++i) {
    if (Panicking(scheduler.worker(i))) return true;
  }
  return false;
}

bool AnyAwake() {
  for (int i = 0; i < scheduler.worker_count(); ++i) {
    Worker* worker = scheduler.worker(i);
    // acquire: pairs with Sleep and WakeOne
    if (worker != CurrentWorker() && worker->asleep.load(std::memory_order_acquire) == 0) {
      return true;
    }
  }
  return scheduler.AnythingRunnable();
}

void WaitWhile(bool (*condition)()) {
  const std::int64_t limit = NowNs() + kGraceNs;
  for (int round = 0; condition() && NowNs() < limit; ++round) BackOff(round);
}

void AtExit() {
  WaitWhile(AnyPanicking);
  const bool look = EnvIs("HEDDLE_LEAKS", "1");
  if (look) WaitWhile(AnyAwake);
  if (CurrentGoroutine() != nullptr) scheduler.ExitsFrom(CurrentWorker());
  scheduler.Stop();
  if (look && ReportLeaks() > 0) leaks_found.store(true);
}

void LastAtExit() {
  if (!leaks_found.load()) return;
  std::fflush(nullptr);
  _exit(kExitLeak);
}

[[gnu::constructor(101)]] void RegisterLast() { std::atexit(LastAtExit); }

}  // namespace

void InstallExitHandler() { std::atexit(AtExit); }

}  // namespace heddle::internal
