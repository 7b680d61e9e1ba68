// Finding out that everything is asleep for good.
#ifndef HEDDLE_SRC_DEADLOCK_H_
#define HEDDLE_SRC_DEADLOCK_H_

namespace heddle::internal {

enum class Verdict {
  kAwake,           // a worker or a thread that the runtime knows is running
  kForeignThreads,  // all of those sleep, but the process has other threads
  kMissedWork,      // all sleep and something is runnable: somebody must be woken
};

// Looks once. Does not return when everything is asleep for good: it reports and ends
// the process with status 2. For the monitor's thread only, when no timer is pending.
Verdict LookForDeadlock();

}  // namespace heddle::internal

#endif  // HEDDLE_SRC_DEADLOCK_H_
