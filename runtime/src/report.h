// What the runtime has to say on stderr: the listing of goroutines, and the ends of
// the process that print it. The style is that of Go's traces:
//
//   goroutine 7 [chan receive, 12 ms]:
//   Worker(heddle::Channel<int>)
//           /src/prog.cpp:12 +0x2f
//   created by main
//           /src/prog.cpp:20 +0x51
//
// The stack of a goroutine that does not run is read by the goroutine itself: it is resumed
// for just that (dump_requested), so the ordinary unwinder does the work.
#ifndef HEDDLE_SRC_REPORT_H_
#define HEDDLE_SRC_REPORT_H_

namespace heddle::internal {

struct Goroutine;

// `fatal error: all goroutines are asleep - deadlock!`, every task, exit status 2.
[[noreturn]] void ReportDeadlock();

// Lists the goroutines that are parked; returns how many. Requires: a stopped scheduler.
int ReportLeaks();

// Lists every task, then exit status 2 (SIGQUIT).
[[noreturn]] void ReportAll();

// Called by Leave, on the stack that is wanted.
void DumpOwnStack(Goroutine* g);

}  // namespace heddle::internal

#endif  // HEDDLE_SRC_REPORT_H_
