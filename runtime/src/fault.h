// Signals that mean the end: stack overflow, and SIGQUIT's listing; and fork.
#ifndef HEDDLE_SRC_FAULT_H_
#define HEDDLE_SRC_FAULT_H_

#include "stack_trace.h"

namespace heddle::internal {

// Handles SIGSEGV and SIGBUS in a guard of a goroutine's stack; everything else goes to
// whoever handled them before. Handles SIGQUIT unless somebody does already. Called
// once, by Scheduler::Start.
void InstallFaultHandler();

// Reports that the calling worker's goroutine has overflowed its stack, and aborts.
// `context`: that of the signal which interrupted it, whose stack is printed too; or null.
[[noreturn]] void ReportOverflow(void* context);

// Has `call` called in every child of fork. Once, by Scheduler::Start.
void CallInForkedChild(void (*call)());

// Gives the calling thread a stack to handle signals on, and the signal mask of the
// thread that started the runtime: its own is that of whoever woke it, the monitor
// perhaps, which blocks all. Once per worker.
void SetUpWorkerSignals();

// Writes the report that a signal has asked for, if one has; it may end the process. For
// the monitor, whose thread may allocate what a signal handler may not.
void AnswerSignals();

// Takes the stack of another thread of the process, wherever it is, by interrupting it.
// Returns false when it does not answer within 0.5 s, or when SIGQUIT is not ours to use.
// For one caller at a time. Blocks: thread.
bool CaptureThread(int tid, StackTrace* trace);

}  // namespace heddle::internal

#endif  // HEDDLE_SRC_FAULT_H_
