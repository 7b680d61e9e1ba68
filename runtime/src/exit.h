// The end of the process while goroutines run.
#ifndef HEDDLE_SRC_EXIT_H_
#define HEDDLE_SRC_EXIT_H_

namespace heddle::internal {

// Called once, by Scheduler::Start.
void InstallExitHandler();

}  // namespace heddle::internal

#endif  // HEDDLE_SRC_EXIT_H_
