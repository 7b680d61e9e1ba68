// A Worker is a thread that runs goroutines, and its queue. The thread's own stack
// runs Worker::Loop; each goroutine is entered from there and comes back there with
// an `After` that says what is to be done with it now that it is off its stack.
//
// Who may touch what: `run_next`, `queue` and `sleep` are for all threads (by their
// own rules); everything else belongs to the worker's thread, and to the goroutine
// that it is running.
#ifndef HEDDLE_SRC_WORKER_H_
#define HEDDLE_SRC_WORKER_H_

#include <cstdint>

#include "goroutine.h"
#include "run_queue.h"
#include "stack.h"

namespace heddle::internal {

// What the goroutine that has just left its stack asked for.
enum class After : std::uint8_t {
  kPark,          // commit its state to kParked, or run it again if notified meanwhile
  kYield,         // to the tail of the queue
  kRequeue,       // to the common queue: its worker holds no token any more
  kEnd,           // it has finished
  kDumped,        // it was resumed only to print its stack (report.cpp)
};

struct Worker {
  explicit Worker(int number) : index(number) {}

  // --- shared ---
  // The goroutine that this worker made runnable last: run next, so that a hand-off
  // costs no queue and keeps the cache warm.
  alignas(64) Atomic<Goroutine*> run_next{nullptr};
  RunQueue queue;
  // 1 while asleep on this very word; the waker clears it. `sleeps` counts.
  Atomic<std::uint32_t> asleep{0};
  Atomic<std::uint32_t> sleeps{0};
  Atomic<std::uint32_t> ticks{0};  // goroutines run so far
  Atomic<bool> blocking{false};    // inside Blocking(): what it had queued is up for grabs
  Atomic<EhGlobals*> eh{nullptr};  // of its thread; exit.cpp looks at it
  Atomic<Goroutine*> current{nullptr};
  Atomic<int> tid{0};  // as the kernel counts; for reports and debuggers

  // --- its own ---
  const int index;
  Fiber fiber;
  After after = After::kPark;
  bool has_token = true;   // counted in Scheduler::running_
  bool spinning = false;   // counted in Scheduler::spinning_
  int next_budget = 0;     // how often run_next may still go before the queue
  std::uint32_t random = 0;
  StackCache stacks;
};

// The worker whose thread this is, or null. Never inlined: the answer changes when a
// goroutine moves to another thread at a park, and a compiler that sees thread_local
// keeps its address across calls.
Worker* CurrentWorker();

// The goroutine that calls, or null on an OS thread.
Goroutine* CurrentGoroutine();

// Makes the calling thread `worker`'s; its first call.
void EnterWorkerThread(Worker* worker);

// Leaves the calling goroutine for its worker's loop. Returns when it is run again,
// perhaps on another worker.
void Leave(Worker* worker, Goroutine* g, After after);

// Runs parked goroutine `g` on the calling thread until it leaves with After::kDumped:
// Park does that at once when g->dump_requested is set. For report.cpp.
void SwitchToDump(Goroutine* g);

}  // namespace heddle::internal

#endif  // HEDDLE_SRC_WORKER_H_
