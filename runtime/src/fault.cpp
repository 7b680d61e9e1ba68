// See fault.h.
#include "fault.h"

#include <pthread.h>
#include <signal.h>
#include <sys/mman.h>

#include <cstdlib>
#include <string>

#include "fatal.h"
#include "monitor.h"
#include "report.h"
#include "stack.h"
#include "worker.h"

namespace heddle::internal {

namespace {

constexpr std::size_t kFaultStackBytes = 64 << 10;

struct sigaction before_segv;
struct sigaction before_bus;
sigset_t worker_mask;  // written before any worker starts
Atomic<bool> quit{false};

// A fault while the report is written: what has been written must do.
void OnSecondFault(int) { std::abort(); }

void OnFault(int number, siginfo_t* info, void* context) {
  if (IsStackGuard(info->si_addr)) ReportOverflow(true);
  const struct sigaction& before = number == SIGSEGV ? before_segv : before_bus;
  if ((before.sa_flags & SA_SIGINFO) != 0 && before.sa_sigaction != nullptr) {
    before.sa_sigaction(number, info, context);
  } else if (before.sa_handler != SIG_DFL && before.sa_handler != SIG_IGN) {
    before.sa_handler(number);
  } else {
    signal(number, SIG_DFL);  // the faulting instruction runs again and ends the process
  }
}

void OnQuit(int) {
  quit.store(true);
  WakeMonitorBy(0);
}

}  // namespace

void ReportOverflow(bool in_fault) {
  // The process is lost, but this thread still has a stack of its own: allocating and
  // unwinding are risks worth taking, after the part that needs neither has been written.
  static const char kMessage[] = "fatal error: goroutine stack overflow\n";
  WriteStderr(kMessage, sizeof(kMessage) - 1);
  struct sigaction action {};
  action.sa_handler = OnSecondFault;
  action.sa_flags = SA_NODEFER;
  sigaction(SIGSEGV, &action, nullptr);
  sigset_t segv;
  sigemptyset(&segv);
  sigaddset(&segv, SIGSEGV);
  pthread_sigmask(SIG_UNBLOCK, &segv, nullptr);
  if (Goroutine* g = CurrentGoroutine()) {
    std::string text = "\ngoroutine " + std::to_string(g->id) + " [running]:\n";
    const std::string created = CreatedBy(g->spawn_site);
    WriteStderr(text.data(), text.size());
    WriteStderr(created.data(), created.size());
    if (in_fault) {
      text = "its innermost calls:\n" + InterruptedStack();
      WriteStderr(text.data(), text.size());
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

  struct sigaction quit_before {};
  sigaction(SIGQUIT, nullptr, &quit_before);
  if ((quit_before.sa_flags & SA_SIGINFO) != 0 || quit_before.sa_handler != SIG_DFL) return;
  struct sigaction quit_action {};
  quit_action.sa_handler = OnQuit;
  quit_action.sa_flags = SA_RESTART | SA_ONSTACK;
  sigemptyset(&quit_action.sa_mask);
  sigaction(SIGQUIT, &quit_action, nullptr);
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

bool QuitRequested() { return quit.load(); }

}  // namespace heddle::internal
