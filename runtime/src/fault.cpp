// See fault.h.
#include "fault.h"

#include <pthread.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <ucontext.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <string>

#include "fatal.h"
#include "monitor.h"
#include "report.h"
#include "stack.h"
#include "stack_trace.h"
#include "worker.h"

namespace heddle::internal {

namespace {

constexpr std::size_t kFaultStackBytes = 64 << 10;
// Further below its stack nobody's stack pointer is for want of room.
constexpr std::uintptr_t kLargestFrame = std::uintptr_t{1} << 30;

struct sigaction before_segv;
struct sigaction before_bus;
sigset_t worker_mask;  // written before any worker starts
Atomic<bool> quit{false};
bool quit_is_ours = false;  // set once, before there are workers

struct sigaction QuitAction() {
  struct sigaction action {};
  sigaction(SIGQUIT, nullptr, &action);
  return action;
}

bool Is(const struct sigaction& action, void (*handler)(int)) {
  return (action.sa_flags & SA_SIGINFO) == 0 && action.sa_handler == handler;
}

// A shell without job control, one that runs a script, has what it starts in the background
// ignore SIGQUIT. That is not the program's wish, and Go does not heed it either.
bool quit_ignored_from_birth = false;
[[gnu::constructor]] void LookAtQuitAction() {
  quit_ignored_from_birth = Is(QuitAction(), SIG_IGN);
}

// The overflow that is being reported: written by the thread that has it, then read by
// the monitor.
struct Overflow {
  Goroutine* goroutine = nullptr;
  StackTrace trace;
};
Overflow overflow;
enum : std::uint32_t { kNone, kTaking, kAsked, kAnswered };
Atomic<std::uint32_t> overflow_state{kNone};
// How long the monitor may take. It never answers when this thread was in the middle of
// malloc with a lock that it needs.
constexpr std::int64_t kReportNs = 5'000'000'000;

const void* InterruptedAt(void* context) {
  const auto& machine = static_cast<ucontext_t*>(context)->uc_mcontext;
#if defined(__x86_64__)
  return reinterpret_cast<const void*>(machine.gregs[REG_RIP]);
#else
  return reinterpret_cast<const void*>(machine.pc);
#endif
}

std::uintptr_t StackPointer(void* context) {
  const auto& machine = static_cast<ucontext_t*>(context)->uc_mcontext;
#if defined(__x86_64__)
  return static_cast<std::uintptr_t>(machine.gregs[REG_RSP]);
#else
  return machine.sp;
#endif
}

// Whether the calling goroutine has left its stack at the low end: with a frame so large that
// it stepped over the guard. (A handler that runs on the stack for signals has left it, too.)
bool IsBelowStack(void* context) {
  const Goroutine* g = CurrentGoroutine();
  if (g == nullptr || g->fiber.stack == nullptr) return false;
  const std::uintptr_t at = StackPointer(context);
  stack_t signals{};
  sigaltstack(nullptr, &signals);
  if (at - reinterpret_cast<std::uintptr_t>(signals.ss_sp) < signals.ss_size) return false;
  const auto low = reinterpret_cast<std::uintptr_t>(g->fiber.stack->Low());
  return at < low && low - at < kLargestFrame;
}

// Whether the calling thread was on the stack of the goroutine that it runs, and not in the
// scheduler.
bool OnStackOfGoroutine(void* context) {
  const Goroutine* g = CurrentGoroutine();
  if (g == nullptr || g->fiber.stack == nullptr) return false;
  const Stack& stack = *g->fiber.stack;
  const auto low = reinterpret_cast<std::uintptr_t>(stack.Low());
  return StackPointer(context) - low < stack.UsableBytes();
}

// A fault while the report is written: what has been written must do.
void OnSecondFault(int) { std::abort(); }

void OnFault(int number, siginfo_t* info, void* context) {
  if (IsStackGuard(info->si_addr) || IsBelowStack(context)) ReportOverflow(context);
  const struct sigaction& before = number == SIGSEGV ? before_segv : before_bus;
  if ((before.sa_flags & SA_SIGINFO) != 0 && before.sa_sigaction != nullptr) {
    before.sa_sigaction(number, info, context);
  } else if (before.sa_handler != SIG_DFL && before.sa_handler != SIG_IGN) {
    before.sa_handler(number);
  } else {
    signal(number, SIG_DFL);  // the faulting instruction runs again and ends the process
  }
}

// What CaptureThread asks of the thread that gets its signal; null: a SIGQUIT from outside.
Atomic<StackTrace*> wanted{nullptr};
Atomic<int> wanted_of{0};
constexpr std::int64_t kAnswerNs = 500'000'000;

void OnQuit(int, siginfo_t*, void* context) {
  const int before = errno;
  if (wanted_of.load() == static_cast<int>(syscall(SYS_gettid))) {
    // Taken first, so that an answer that comes too late writes nowhere.
    StackTrace* trace = wanted.exchange(nullptr);
    if (trace != nullptr && OnStackOfGoroutine(context)) Capture(trace, InterruptedAt(context));
    wanted_of.store(0);
  } else {
    quit.store(true);
    WakeMonitorBy(0);
  }
  errno = before;
}

}  // namespace

// Perhaps on the stack for signals, where nothing may be allocated.
void ReportOverflow(void* context) {
  static const char kMessage[] = "fatal error: goroutine stack overflow\n";
  std::uint32_t none = kNone;
  if (!overflow_state.compare_exchange_strong(none, kTaking)) {
    for (;;) pause();  // another one is first; the process ends with it
  }
  WriteStderr(kMessage, sizeof(kMessage) - 1);
  struct sigaction action {};
  action.sa_handler = OnSecondFault;
  action.sa_flags = SA_NODEFER;
  sigaction(SIGSEGV, &action, nullptr);
  sigset_t segv;
  sigemptyset(&segv);
  sigaddset(&segv, SIGSEGV);
  pthread_sigmask(SIG_UNBLOCK, &segv, nullptr);
  overflow.goroutine = CurrentGoroutine();
  if (overflow.goroutine != nullptr) {
    if (context != nullptr) Capture(&overflow.trace, InterruptedAt(context));
    overflow_state.store(kAsked);
    WakeMonitorBy(0);
    const std::int64_t limit = NowNs() + kReportNs;
    for (std::int64_t now = NowNs(); overflow_state.load() == kAsked && now < limit;
         now = NowNs()) {
      FutexWait(&overflow_state, kAsked, limit - now);
    }
  }
  std::abort();
}

void InstallFaultHandler() {
  pthread_sigmask(SIG_SETMASK, nullptr, &worker_mask);
  sigdelset(&worker_mask, SIGSEGV);
  sigdelset(&worker_mask, SIGBUS);
  struct sigaction action {};
  action.sa_sigaction = OnFault;
  action.sa_flags = SA_SIGINFO | SA_ONSTACK;
  sigemptyset(&action.sa_mask);
  sigaction(SIGSEGV, &action, &before_segv);
  sigaction(SIGBUS, &action, &before_bus);

  const struct sigaction before = QuitAction();
  if (!Is(before, SIG_DFL) && !(quit_ignored_from_birth && Is(before, SIG_IGN))) return;
  struct sigaction quit_action {};
  quit_action.sa_sigaction = OnQuit;
  quit_action.sa_flags = SA_SIGINFO | SA_RESTART | SA_ONSTACK;
  sigemptyset(&quit_action.sa_mask);
  quit_is_ours = sigaction(SIGQUIT, &quit_action, nullptr) == 0;
}

void CallInForkedChild(void (*call)()) { pthread_atfork(nullptr, nullptr, call); }

void SetUpWorkerSignals() {
  pthread_sigmask(SIG_SETMASK, &worker_mask, nullptr);
  stack_t stack{};
  stack.ss_size = kFaultStackBytes;
  stack.ss_sp = mmap(nullptr, kFaultStackBytes, PROT_READ | PROT_WRITE,
                     MAP_PRIVATE | MAP_ANONYMOUS | MAP_STACK, -1, 0);
  if (stack.ss_sp != MAP_FAILED) sigaltstack(&stack, nullptr);
}

void AnswerSignals() {
  if (quit.load()) ReportAll();
  if (overflow_state.load() != kAsked) return;
  const Goroutine* g = overflow.goroutine;
  const std::string text = "\ngoroutine " + std::to_string(g->id) + " [running]:\n" +
                           StackText(overflow.trace) + CreatedBy(g->spawn_site);
  WriteStderr(text.data(), text.size());
  overflow_state.store(kAnswered);
  FutexWake(&overflow_state, 1);
}

bool CaptureThread(int tid, StackTrace* trace) {
  if (!quit_is_ours) return false;
  trace->total = 0;
  wanted.store(trace);
  wanted_of.store(tid);
  const std::int64_t limit = NowNs() + kAnswerNs;
  bool asked = syscall(SYS_tgkill, getpid(), tid, SIGQUIT) == 0;
  for (int round = 0; asked && wanted_of.load() != 0; ++round) {
    if (NowNs() > limit && wanted.exchange(nullptr) != nullptr) asked = false;
    BackOff(round);
  }
  return asked;
}

}  // namespace heddle::internal
