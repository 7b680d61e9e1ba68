// Running goroutines: entering their stacks, and what becomes of them when they leave.
#include "worker.h"

#include "fault.h"
#include "panic_report.h"
#include "sanitizer.h"
#include "scheduler.h"
#include "thread_state.h"

namespace heddle::internal {

namespace {

HEDDLE_PER_THREAD(Worker*) current_worker = nullptr;

// The first frame of every goroutine, under heddle_entry.
void GoroutineMain(void* arg) {
  auto* g = static_cast<Goroutine*>(arg);
  FiberEntered(&CurrentWorker()->fiber);
  TsanAcquire(g);  // pairs with StartGoroutine
  try {
    heddle_call(g->entry, g->closure);
  } catch (...) {
    ReportEscapedPanic(g);
  }
  FreeClosure(g);
  Leave(CurrentWorker(), g, After::kEnd);
  __builtin_unreachable();
}

}  // namespace

[[gnu::noinline]] Worker* CurrentWorker() {
  asm volatile("" ::: "memory");
  return current_worker;
}

Goroutine* CurrentGoroutine() {
  Worker* worker = CurrentWorker();
  // relaxed: written by this very thread
  return worker != nullptr ? worker->current.load(std::memory_order_relaxed) : nullptr;
}

void EnterWorkerThread(Worker* worker) {
  current_worker = worker;
  CurrentThread()->own = true;
  worker->tid.store(CurrentThread()->tid);
  AdoptThread(&worker->fiber);
  worker->eh.store(ThreadEhGlobals(), std::memory_order_release);  // pairs with exit.cpp
  UseFaultStack();
}

void SwitchToDump(Goroutine* g) {
  static Worker& dumper = *new Worker(-1);
  Worker* before = current_worker;
  Goroutine* caller = CurrentGoroutine();
  AdoptThread(&dumper.fiber);
  if (caller != nullptr) {
    dumper.fiber.asan_low = caller->fiber.stack->Low();
    dumper.fiber.asan_bytes = caller->fiber.stack->UsableBytes();
  }
  dumper.eh.store(ThreadEhGlobals(), std::memory_order_relaxed);  // this thread's own
  current_worker = &dumper;
  dumper.current.store(g, std::memory_order_relaxed);  // this thread's own
  Switch(&dumper.fiber, &g->fiber, ThreadEhGlobals());
  current_worker = before;
}

void Leave(Worker* worker, Goroutine* g, After after) {
  worker->after = after;
  // relaxed: this thread's own
  Switch(&g->fiber, &worker->fiber, worker->eh.load(std::memory_order_relaxed),
         after == After::kEnd);
}

void Scheduler::Run(Worker* worker, Goroutine* g) {
  // relaxed: only this thread writes it
  worker->ticks.store(worker->ticks.load(std::memory_order_relaxed) + 1,
                      std::memory_order_relaxed);
  if (g->fiber.stack == nullptr) BindStack(&g->fiber, worker->stacks.Take(), GoroutineMain, g);
  worker->current.store(g, std::memory_order_release);  // pairs with exit.cpp, report.cpp
  Switch(&worker->fiber, &g->fiber, worker->eh.load(std::memory_order_relaxed));
  worker->current.store(nullptr, std::memory_order_release);  // as above
  worker->blocking.store(false, std::memory_order_release);   // a hint; see Steal
  switch (worker->after) {
    case After::kPark: {
      std::uint32_t running = kRunning;
      // acq_rel: pairs with the exchange in Unpark
      if (!g->state.compare_exchange_strong(running, kParked, std::memory_order_acq_rel)) {
        PushLocal(worker, g);  // notified before it was off its stack
      }
      return;
    }
    case After::kYield: {
      const bool others = worker->queue.Size() != 0;
      PushLocal(worker, g);
      if (others) WakeOne();
      return;
    }
    case After::kRequeue:
      PushCommon(g, g, 1);
      WakeOne();
      return;
    case After::kEnd:
      Finish(worker, g);
      return;
    case After::kDumped:
      return;
  }
}

void Scheduler::Finish(Worker* worker, Goroutine* g) {
  worker->stacks.Give(ReleaseStack(&g->fiber));
  g->id = 0;
  ThreadState* thread = CurrentThread();
  // relaxed store: only this thread writes it; release: pairs with NumGoroutines
  thread->finished.store(thread->finished.load(std::memory_order_relaxed) + 1,
                         std::memory_order_release);
  thread->cache.Give(g);
}

}  // namespace heddle::internal
