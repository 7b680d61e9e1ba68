// A Worker is a thread that runs goroutines, and its queue. The thread's own stack
// runs Worker::Loop; each goroutine is entered from there and comes back there with
// an `After` that says what is to be done with it now that it is off its stack.
//
// Who may touch what: `run_next`, `queue` and `sleep` are for all threads (by their
// own rules); what is marked so, to the monitor; everything else belongs to the worker's thread,
// and to the goroutine that it is running.
#ifndef HEDDLE_SRC_WORKER_H_
#define HEDDLE_SRC_WORKER_H_

#include <cstdint>

#include "goroutine.h"
#include "run_queue.h"
#include "stack.h"

namespace heddle::internal {

// What the goroutine that has just left its stack asked for.
enum class After : std::uint8_t {
  kPark,     // commit its state to kParked, or run it again if notified meanwhile
  kYield,    // to the tail of the queue
  kRequeue,  // to the common queue: its worker holds no token any more
  kEnd,      // it has finished
  kDumped,   // it was resumed only to print its stack (report.cpp)
};

struct Worker {
  explicit Worker(int number) : index(number) {}

  // --- shared ---
  // The goroutine that this worker made runnable last: run next, so that a hand-off
  // costs no queue and keeps the cache warm.
  alignas(64) Atomic<Goroutine*> run_next{nullptr};
  RunQueue queue;
  // Where it sleeps; the waker clears it. `sleeps` counts.
  static constexpr std::uint32_t kAwake = 0;
  static constexpr std::uint32_t kOnFutex = 1;  // on this very word
  static constexpr std::uint32_t kInPoll = 2;   // in the poller
  Atomic<std::uint32_t> asleep{kAwake};
  Atomic<std::uint32_t> sleeps{0};
  Atomic<std::uint32_t> ticks{0};  // goroutines run so far
  // Counted in Scheduler::running_. Given by its waker or itself, taken by itself or,
  // while it runs a goroutine, by the monitor; taken and counted under idle_lock_.
  Atomic<bool> has_token{true};
  Atomic<EhGlobals*> eh{nullptr};  // of its thread; exit.cpp looks at it
  Atomic<Goroutine*> current{nullptr};
  Atomic<int> tid{0};  // as the kernel counts; for reports and debuggers

  // --- its own ---
  const int index;
  Fiber fiber;
  After after = After::kPark;
  bool spinning = false;  // counted in Scheduler::spinning_
  int next_budget = 0;    // how often run_next may still go before the queue
  std::uint32_t random = 0;
  StackCache stacks;

  // --- the monitor's (retake.cpp) ---
  std::uint32_t seen_ticks = 0;    // `ticks` when it last looked ...
  std::int64_t seen_since_ns = 0;  // ... and when it first saw that number
  std::int64_t seen_cpu_ns = 0;    // CPU time of the thread when it last looked
  int cpu_clock = 0;               // of the thread: written before its first goroutine
};

// The worker whose thread this is, or null. Never inlined: the answer changes when a
// goroutine moves to another thread at a park, and a compiler that sees thread_local
// keeps its address across calls.
Worker* CurrentWorker();

// The goroutine that calls, or null on an OS thread. Never inlined either.
Goroutine* CurrentGoroutine();

// What CurrentGoroutine returns where CurrentWorker has just returned `worker`.
inline Goroutine* RunningOn(const Worker* worker) {
  // relaxed: written by this very thread
  return worker != nullptr ? worker->current.load(std::memory_order_relaxed) : nullptr;
}

// Makes the calling thread `worker`'s; its first call.
void EnterWorkerThread(Worker* worker);

// Leaves the calling goroutine for its worker's loop. Returns when it is run again,
// perhaps on another worker.
void Leave(Worker* worker, Goroutine* g, After after);

// Runs goroutine `g`, which waits to be run or is parked, on the calling thread until it
// leaves with After::kDumped: that is at once when g->dump_requested is set. For report.cpp.
void SwitchToDump(Goroutine* g);

}  // namespace heddle::internal

#endif  // HEDDLE_SRC_WORKER_H_
