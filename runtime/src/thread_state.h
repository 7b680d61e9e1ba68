// What the runtime keeps per OS thread, workers included: caches of goroutine records
// and ids, counters, and the Task with which an ordinary thread parks.
//
// States are handed from ended threads to new ones and never freed, so that a waker
// may touch the Task of a thread that has gone on, and counters are never lost.
// Who may touch what: its thread; `task.state` and the counters are read by others.
#ifndef HEDDLE_SRC_THREAD_STATE_H_
#define HEDDLE_SRC_THREAD_STATE_H_

#include <cstdint>

#include "goroutine.h"
#include "stack_trace.h"
#include "task.h"

namespace heddle::internal {

struct ThreadState {
  Task task{false};
  GoroutineCache cache;
  Atomic<std::int64_t> started{0};   // goroutines that this thread started
  Atomic<std::int64_t> finished{0};  // goroutines that ended on this thread
  Atomic<std::uint64_t> parks{0};    // raised before each park; see deadlock.cpp
  std::uint64_t next_id = 0;         // ids [next_id, last_id) are this thread's to give
  std::uint64_t last_id = 0;
  std::uint64_t random = 0;
  int tid = 0;
  bool own = false;  // of a thread of the runtime's own; set before it can matter
  Atomic<bool> in_use{true};
  Atomic<StackTrace*> dump_into{nullptr};  // set by a report: its own stack is wanted there
  ThreadState* next = nullptr;             // in the list of all
};

// The calling thread's. Never inlined, for the reason given at CurrentWorker.
ThreadState* CurrentThread();

// The first of all states ever made, linked by `next`.
ThreadState* AllThreads();

// A number for shuffling; xorshift, one state per thread.
std::uint32_t ThreadRandom();

}  // namespace heddle::internal

#endif  // HEDDLE_SRC_THREAD_STATE_H_
