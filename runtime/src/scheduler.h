// The scheduler: which worker runs which goroutine, and which workers are awake.
//
// Runnable goroutines are in a worker's run_next slot, in a worker's ring, or in the
// common queue (what OS threads start or wake, what overflows a ring).
//
// Tokens. At most MaxProcs workers hold a token, and only those run goroutines. A
// worker without work gives its token back and sleeps; one inside Blocking gives it
// back while it is there; one that stays in one goroutine for more than 10 ms while
// others wait has it taken away (retake.cpp). So there can be more threads than
// MaxProcs, and more computing only while some of them have been retaken.
//
// No wake-up is lost. Who makes a goroutine runnable pushes it, then (fence) looks
// whether a token is free and nobody is searching; if so it wakes one worker, as a
// searcher. Who is about to sleep gives back its token and stops being a searcher, then
// (fence) looks at every queue once more. One of the two sees the other. A searcher
// that finds work and was the last one wakes the next. After Go's runtime/proc.go.
// Descriptors that tasks wait for are such a queue too: see poller.h and scheduler_io.cpp.
//
// Nor is work left behind a worker that does not come back: who makes a goroutine
// runnable while no token is free sees to it that the monitor watches (watched_), and
// it watches until nothing is runnable.
//
// Invariants: spinning_ counts workers searching; idle_ holds exactly the workers that
// sleep or are on their way to.
#ifndef HEDDLE_SRC_SCHEDULER_H_
#define HEDDLE_SRC_SCHEDULER_H_

#include <cstdint>

#include "worker.h"

namespace heddle::internal {

class Scheduler {
 public:
  static constexpr int kMaxWorkers = kModelled ? 4 : 4096;
  static constexpr int kMaxProcs = 1024;

  constexpr Scheduler() = default;

  // Reads the environment, sets up signals and exit handling, starts the monitor.
  // Called before anything else here; cheap when done.
  void EnsureStarted() {
    if (!started_.load(std::memory_order_acquire)) Start();  // pairs with Start
  }

  // Makes `g` run; it must be off its stack. Thread-safety: any thread.
  void Ready(Goroutine* g);

  int limit() const { return limit_.load(std::memory_order_relaxed); }  // a number, orders nothing
  void SetLimit(int procs);

  // Around a call that blocks in the OS.
  void EnterBlocking(Worker* worker);
  // Returns whether the worker has a token again; else the goroutine must be requeued.
  bool ExitBlocking(Worker* worker);

  // From Stop to Resume no worker takes up another goroutine: what `main` left running
  // must not meet destroyed statics.
  void Stop() { stopped_.store(true, std::memory_order_seq_cst); }
  void Resume();
  // Stop that nothing resumes: for the last report.
  void StopForGood();
  // The calling worker's goroutine has called exit(): should a static destructor park
  // it, that is a reason to resume.
  void ExitsFrom(Worker* worker) { exiting_.store(worker, std::memory_order_relaxed); }
  // In a child of fork: only the calling thread exists there. Ends any further use with
  // a message instead of waiting for workers that are not there.
  void Forked();
  bool stopped() const { return stopped_.load(std::memory_order_seq_cst); }

  int worker_count() const {
    return worker_count_.load(std::memory_order_acquire);  // pairs with StartWorker
  }
  Worker* worker(int index) { return workers_[index]; }
  constexpr Worker* const* workers() const { return workers_; }  // kMaxWorkers, for debuggers
  bool AnythingRunnable();
  // Takes all that is runnable out of the queues: a list by `next`. What is in it is run by
  // nobody any more. For the last report; REQUIRES: stopped for good.
  Goroutine* TakeRunnable();
  // Gives work that was missed a worker; for the monitor.
  void WakeOne();
  // Takes tokens and queues from workers that are stuck; for the monitor. Returns when
  // it is to be called again, or -1: it has itself woken when it is needed. `now_ns` is
  // NowNs().
  std::int64_t Watch(std::int64_t now_ns);
  // Looks for events that nobody sleeps for and gets them a worker; for the monitor.
  // Returns whether there may be more, to be looked for in a moment.
  bool AttendToIo();

  void Loop(Worker* worker);

 private:
  void Start();
  void PushCommon(Goroutine* first, Goroutine* last, int count);
  Goroutine* PopCommon(Worker* worker, int most);
  void PushLocal(Worker* worker, Goroutine* g);
  Goroutine* Next(Worker* worker);
  Goroutine* FindRunnable(Worker* worker);
  Goroutine* FindFurtherAway(Worker* worker);
  Goroutine* Search(Worker* worker);
  Goroutine* Steal(Worker* thief, Worker* victim, bool take_next);
  void StopSearching(Worker* worker);
  Goroutine* Sleep(Worker* worker);
  void PushList(Worker* worker, Goroutine* list);
  void PushListCommon(Goroutine* list);
  Goroutine* LookForIo(Worker* worker);
  Goroutine* SleepInPoll(Worker* worker);
  bool WakeSelf(Worker* worker);
  void Run(Worker* worker, Goroutine* g);
  void Finish(Worker* worker, Goroutine* g);
  bool StartWorker();
  void RequireWatch() {
    // relaxed: the callers have pushed and then fenced; pairs with the fence in Watch
    if (!watched_.load(std::memory_order_relaxed)) StartWatch();
  }
  void StartWatch();
  // Returns a goroutine that came to it on its way to sleep, to be run, or null.
  Goroutine* WaitWhileStopped(Worker* worker);
  bool Retake(Worker* worker, std::uint32_t tick);
  void Drain(Worker* worker);

  Atomic<bool> started_{false};
  Atomic<bool> stopped_{false};
  Atomic<bool> for_good_{false};
  Atomic<bool> forked_{false};
  Atomic<Worker*> exiting_{nullptr};  // set before Stop, by the thread that will look at it
  Atomic<int> limit_{1};

  Atomic<bool> watched_{false};     // the monitor looks at the workers every 10 ms
  std::int64_t next_watch_ns_ = 0;  // the monitor's

  alignas(64) Atomic<int> spinning_{0};
  Atomic<int> running_{0};  // tokens held; changed under idle_lock_
  SpinLock idle_lock_;
  int idle_count_ = 0;              // guarded by idle_lock_
  Worker* idle_[kMaxWorkers] = {};  // guarded by idle_lock_

  alignas(64) SpinLock common_lock_;
  Goroutine* common_head_ = nullptr;  // guarded by common_lock_
  Goroutine* common_tail_ = nullptr;  // guarded by common_lock_
  Atomic<int> common_size_{0};

  std::uint32_t looks_seen_ = 0;  // the monitor's: see AttendToIo

  Atomic<int> worker_count_{0};
  Worker* workers_[kMaxWorkers] = {};  // [0, worker_count_), only ever grows
};

// The one scheduler. Constant-initialized and never destroyed: it works in static
// constructors and outlives static destructors.
extern Scheduler scheduler;

}  // namespace heddle::internal

#endif  // HEDDLE_SRC_SCHEDULER_H_
