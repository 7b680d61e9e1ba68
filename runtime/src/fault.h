// Signals that mean the end: stack overflow, and SIGQUIT's listing; and fork.
#ifndef HEDDLE_SRC_FAULT_H_
#define HEDDLE_SRC_FAULT_H_

namespace heddle::internal {

// Handles SIGSEGV and SIGBUS in a guard of a goroutine's stack; everything else goes to
// whoever handled them before. Handles SIGQUIT unless somebody does already. Called
// once, by Scheduler::Start.
void InstallFaultHandler();

// Reports that the calling worker's goroutine has overflowed its stack, and aborts.
// `in_fault`: on a signal handler that interrupted it; then its stack is printed too.
[[noreturn]] void ReportOverflow(bool in_fault);

// Has `call` called in every child of fork. Once, by Scheduler::Start.
void CallInForkedChild(void (*call)());

// Gives the calling thread a stack to handle signals on, and the signal mask of the
// thread that started the runtime: its own is that of whoever woke it, the monitor
// perhaps, which blocks all. Once per worker.
void SetUpWorkerSignals();

// Whether SIGQUIT has come; for the monitor, which answers it.
bool QuitRequested();

}  // namespace heddle::internal

#endif  // HEDDLE_SRC_FAULT_H_
