// What takes the place of the runtime's sources that deal with the operating system:
// sync.cpp, and the poller, monitor, stacks, signals and reports. Simulated threads, futexes
// and clock; no monitor (a scenario that wants timers calls FireTimers itself); anything
// that the runtime would say on stderr is a failure of the scenario.
#include <cstdlib>
#include <new>
#include <string>

#include "debugger.h"
#include "engine.h"
#include "env.h"
#include "exit.h"
#include "fatal.h"
#include "fault.h"
#include "heap.h"
#include "large_stack.h"
#include "monitor.h"
#include "poller.h"
#include "report.h"
#include "scheduler.h"
#include "stack.h"
#include "stack_guard.h"
#include "stack_trace.h"
#include "symbolize.h"
#include "sync.h"

namespace heddle::model {
void PrepareThread() {
  internal::scheduler.EnsureStarted();
  internal::CurrentTask();
}
}  // namespace heddle::model

namespace heddle::internal {

bool StartThread(void (*main)(void*), void* argument) {
  model::StartDaemon(main, argument);
  return true;
}
void FutexWait(Atomic<std::uint32_t>* word, std::uint32_t expected, std::int64_t) {
  model::FutexWait(word, expected);
}
void FutexWake(Atomic<std::uint32_t>* word, int count) { model::FutexWake(word, count); }
std::int64_t NowNs() { return model::Now(); }
std::int64_t CoarseNowNs() { return 0; }
int ThreadCpuClock() { return 0; }
std::int64_t CpuNs(int) { return 0; }
bool ThreadReadyToRun(int) { return false; }
void CpuRelax() { model::Pause(model::kAsBefore); }
void BackOff(int) { model::Pause(model::kAsBefore); }

// There is no epoll: scenarios hand on the edges themselves.
constinit Poller poller;
void Poller::RequireLook(bool) {}
void Poller::Break() { model::Fail("model: nobody is in the poll"); }
Goroutine* Scheduler::LookForIo(Worker*) { return nullptr; }
Goroutine* Scheduler::SleepInPoll(Worker*) { return nullptr; }

void StartMonitor() {}
void WakeMonitorBy(std::int64_t) {}
void SuspectDeadlock() {}
void InstallFaultHandler() {}
void SetUpWorkerSignals() {}
void CallInForkedChild(void (*)()) {}
void ReportOverflow(void*) { model::Fail("stack overflow"); }
void AnswerSignals() {}
void InstallExitHandler() {}

int EnvInt(const char*, int) { return 1; }
std::size_t EnvBytes(const char*, std::size_t otherwise) { return otherwise; }
bool EnvIs(const char*, const char*) { return false; }

void Fatal(const char* message) { model::Fail(message); }
void WriteStderr(const char* text, std::size_t size) {
  model::Fail(std::string(text, size).c_str());
}
void DumpOwnStack(Goroutine*) {}
std::string CreatedBy(const void*) { return {}; }
void Capture(StackTrace* trace, const void*) { trace->total = 0; }
std::string StackText(const StackTrace&) { return {}; }
std::string Demangle(const std::string& name) { return name; }

// --- stacks: of fixed size, numbered behind those of the simulated threads ---

void* Stack::Top() const { return base + model::kStackBytes; }
std::byte* Stack::Low() const { return base; }
std::size_t Stack::UsableBytes() const { return model::kStackBytes; }

std::size_t GuardBytes() { return 0; }
std::size_t StackBytes() { return model::kStackBytes; }
bool ReserveStacks(int) { return true; }
void UnreserveStacks(int) {}

namespace {
Atomic<unsigned> stacks_taken{model::kMaxThreads};
}

Stack* StackCache::Take() {
  if (Stack* stack = head) {
    head = stack->next;
    --size;
    return stack;
  }
  const unsigned index = stacks_taken.fetch_add(1, std::memory_order_relaxed);
  if (index >= model::kStacks) model::Fail("model: more goroutines than stacks");
  return new Stack{nullptr, model::StackBase(index), model::kStackBytes, true};
}

void StackCache::Give(Stack* stack) {
  stack->next = head;
  head = stack;
  ++size;
}

bool IsStackGuard(const void*) { return false; }
std::int64_t TrimStacks(std::int64_t) { return -1; }
Atomic<bool> guards_shared{false};
bool GapTouched(std::byte*) { return false; }
Stack* MakeLargeStack(std::size_t) { return nullptr; }
void FreeLargeStack(Stack*) {}

}  // namespace heddle::internal

// No debugger looks for goroutines here.
extern "C" const heddle::internal::DebuggerLayout heddle_debugger_layout = {};
