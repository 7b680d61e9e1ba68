// Running goroutines: entering their stacks, and what becomes of them when they leave.
#include "worker.h"

#include "fault.h"
#include "large_stack.h"
#include "panic_report.h"
#include "report.h"
#include "sanitizer.h"
#include "scheduler.h"
#include "stack_guard.h"
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

// Ends the process if `g`, which has just left its stack, has overflowed it and there
// was no guard of its own to stop it.
void CheckStack(Goroutine* g, bool ended) {
  Stack* stack = g->fiber.stack;
  if (stack->own_guard) return;
  if (g->fiber.sp < stack->Low() || (ended && GapTouched(stack->base))) ReportOverflow(nullptr);
}

}  // namespace

[[gnu::noinline]] Worker* CurrentWorker() {
  asm volatile("" ::: "memory");
  return current_worker;
}

[[gnu::noinline]] Goroutine* CurrentGoroutine() {
  asm volatile("" ::: "memory");
  return RunningOn(current_worker);
}

void EnterWorkerThread(Worker* worker) {
  current_worker = worker;
  CurrentThread()->own = true;
  worker->tid.store(CurrentThread()->tid);
  AdoptThread(&worker->fiber);
  worker->eh.store(ThreadEhGlobals(), std::memory_order_release);  // pairs with exit.cpp
  SetUpWorkerSignals();
  worker->cpu_clock = ThreadCpuClock();  // published by `current`
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
  while (g->dump_requested) DumpOwnStack(g);
}

void Scheduler::Run(Worker* worker, Goroutine* g) {
  // relaxed: only this thread writes it
  worker->ticks.store(worker->ticks.load(std::memory_order_relaxed) + 1, std::memory_order_relaxed);
  if (g->fiber.stack == nullptr) {
    Stack* stack = g->large_stack != nullptr ? g->large_stack : worker->stacks.Take();
    BindStack(&g->fiber, stack, GoroutineMain, g);
  }
  worker->current.store(g, std::memory_order_release);  // pairs with exit.cpp, report.cpp
  Switch(&worker->fiber, &g->fiber, worker->eh.load(std::memory_order_relaxed));
  // relaxed: set before any such stack is used
  if (guards_shared.load(std::memory_order_relaxed)) CheckStack(g, worker->after == After::kEnd);
  worker->current.store(nullptr, std::memory_order_release);  // as above
  switch (worker->after) {
    case After::kPark: {
      std::uint32_t running = kRunning;
      // acq_rel: pairs with the exchange in Unpark
      if (!g->state.compare_exchange_strong(running, kParked, std::memory_order_acq_rel)) {
        // Notified before it was off its stack. It waits behind others: nobody has been
        // told of it yet. relaxed: only this thread fills it
        const bool others = worker->queue.Size() != 0 ||
                            worker->run_next.load(std::memory_order_relaxed) != nullptr;
        PushLocal(worker, g);
        if (others) WakeOne();
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
  Stack* stack = ReleaseStack(&g->fiber);
  if (g->large_stack == nullptr) {
    worker->stacks.Give(stack);
  } else {
    FreeLargeStack(stack);
    g->large_stack = nullptr;
  }
  g->id = 0;
  ThreadState* thread = CurrentThread();
  // relaxed store: only this thread writes it; release: pairs with NumGoroutines
  thread->finished.store(thread->finished.load(std::memory_order_relaxed) + 1,
                         std::memory_order_release);
  thread->cache.Give(g);
}

}  // namespace heddle::internal
