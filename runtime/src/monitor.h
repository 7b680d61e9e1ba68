// The monitor: one thread of the runtime's own, which fires timers, looks for deadlocks
// when it is told to suspect one, gives work that was left waiting a worker, and
// retakes tokens from workers that are stuck while others wait (retake.cpp). It sleeps
// unless it has a reason.
#ifndef HEDDLE_SRC_MONITOR_H_
#define HEDDLE_SRC_MONITOR_H_

#include <cstdint>

namespace heddle::internal {

// Starts the thread. Called once, by Scheduler::Start.
void StartMonitor();

// Makes sure that it looks at the timers by `when_ns`. Thread-safety: any thread.
void WakeMonitorBy(std::int64_t when_ns);

// Called by whatever is about to sleep, when it may have been the last one awake.
// Cost: a load or two; a system call at most every 2 ms.
void SuspectDeadlock();

}  // namespace heddle::internal

#endif  // HEDDLE_SRC_MONITOR_H_
