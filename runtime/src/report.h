// What the runtime has to say on stderr: the listing of goroutines, and the ends of
// the process that print it. The style is that of Go's traces:
//
//   goroutine 7 [chan receive, 12 ms]:
//           Worker(heddle::Channel<int>)+0x2f (./prog+0x4c1f)
//   created by main+0x51 (./prog+0x4b10)
//
// The stack of a parked goroutine is read by the goroutine itself: it is resumed for
// just that (dump_requested), so the ordinary unwinder does the work.
#ifndef HEDDLE_SRC_REPORT_H_
#define HEDDLE_SRC_REPORT_H_

#include <string>

namespace heddle::internal {

struct Goroutine;

// `fatal error: all goroutines are asleep - deadlock!`, every task, exit status 2.
[[noreturn]] void ReportDeadlock();

// Lists the goroutines that are parked; returns how many. Requires: a stopped scheduler.
int ReportLeaks();

// Lists every task, then exit status 2 (SIGQUIT).
[[noreturn]] void ReportAll();

// Called by Park, on the stack that is wanted.
void DumpOwnStack(Goroutine* g);

// What a signal handler that calls this has interrupted: the innermost calls, a line each.
std::string InterruptedStack();

// The line `created by ...` of a goroutine.
std::string CreatedBy(const void* spawn_site);

}  // namespace heddle::internal

#endif  // HEDDLE_SRC_REPORT_H_
