// See monitor.h. The monitor's own sleep:
//
//   deadline_ns   what it sleeps until; kNever while it has nothing to wait for
//   signal        futex word, raised to wake it
//
// Who needs it earlier lowers nothing itself: it raises `signal` and wakes.
#include "monitor.h"

#include <pthread.h>
#include <signal.h>

#include <limits>

#include "deadlock.h"
#include "fatal.h"
#include "fault.h"
#include "poller.h"
#include "scheduler.h"
#include "stack.h"
#include "sync.h"
#include "thread_state.h"
#include "timer.h"

namespace heddle::internal {

namespace {

constexpr std::int64_t kNever = std::numeric_limits<std::int64_t>::max();
// At most this often it looks for a deadlock ...
constexpr std::int64_t kSuspectPauseNs = 2'000'000;
// ... and this far it backs off while threads that the runtime does not know are about.
constexpr std::int64_t kForeignPauseNs = 500'000'000;

Atomic<std::uint32_t> signal_word{0};
Atomic<std::int64_t> deadline_ns{0};  // 0: awake
Atomic<bool> suspected{false};

void Wake() {
  signal_word.fetch_add(1);
  FutexWake(&signal_word, 1);
}

void Monitor(void*) {
  CurrentThread()->own = true;
  std::int64_t next_look = 0;
  std::int64_t pause = kSuspectPauseNs;
  for (;;) {
    deadline_ns.store(0);
    const std::uint32_t seen = signal_word.load();
    const std::int64_t now = NowNs();
    AnswerSignals();
    const std::int64_t timer = FireTimers(now);
    std::int64_t until = timer >= 0 ? timer : kNever;
    const std::int64_t watch = scheduler.Watch(now);
    if (watch >= 0 && watch < until) until = watch;
    const std::int64_t trim = TrimStacks(now);
    if (trim >= 0 && trim < until) until = trim;
    if (scheduler.AttendToIo() && now + Poller::kUnattendedNs < until) {
      until = now + Poller::kUnattendedNs;
    }
    if (suspected.load()) {
      if (timer < 0 && now >= next_look) {
        suspected.store(false);
        switch (LookForDeadlock()) {
          case Verdict::kAwake:
            pause = kSuspectPauseNs;
            break;
          case Verdict::kForeignThreads:
            suspected.store(true);  // they may end or park without telling us
            pause = pause * 2 < kForeignPauseNs ? pause * 2 : kForeignPauseNs;
            break;
          case Verdict::kMissedWork:
            suspected.store(true);
            scheduler.WakeOne();
            break;
        }
        next_look = NowNs() + pause;
      }
      if (timer < 0 && suspected.load() && next_look < until) until = next_look;
    }
    deadline_ns.store(until);
    // What came while it was looking: see the callers, which store before they load.
    if (suspected.load() && timer < 0 && until == kNever) continue;
    if (signal_word.load() != seen) continue;
    FutexWait(&signal_word, seen, until == kNever ? -1 : until > now ? until - now : 0);
  }
}

}  // namespace

void StartMonitor() {
  sigset_t all;
  sigset_t before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  if (!StartThread(Monitor, nullptr)) Fatal("heddle: cannot start a thread");
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

void WakeMonitorBy(std::int64_t when_ns) {
  const std::int64_t until = deadline_ns.load();
  if (until == 0 || until > when_ns) Wake();  // awake: it must look once more
}

void SuspectDeadlock() {
  // The caller's going to sleep comes before the look at `suspected`; pairs with the
  // seq_cst store in Monitor that precedes LookForDeadlock.
  Fence(std::memory_order_seq_cst);
  // Who waits for a descriptor can be woken; when it no longer waits it is awake, and will
  // suspect by itself.
  if (poller.AnyWaiter()) return;
  if (suspected.load(std::memory_order_relaxed)) return;  // a hint; set again at the next sleep
  suspected.store(true);
  if (deadline_ns.load() == kNever) Wake();
}

}  // namespace heddle::internal
