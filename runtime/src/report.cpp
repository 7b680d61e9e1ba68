// See report.h.
#include "report.h"

#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <string>
#include <vector>

#include "fatal.h"
#include "fault.h"
#include "scheduler.h"
#include "stack_trace.h"
#include "thread_state.h"

namespace heddle::internal {

namespace {

// Above this many, goroutines are only counted.
constexpr int kMaxListed = 100;
// How long a parked thread may take to wake up and say where it is.
constexpr std::int64_t kThreadAnswerNs = 2'000'000'000;
// How long the last report looks for goroutines that are in no queue and do not run.
constexpr std::int64_t kFoundNs = 1'000'000'000;

StackTrace trace;  // of the one dump that is being made

std::string Age(std::int64_t since_ns) {
  const std::int64_t ms = (CoarseNowNs() - since_ns) / 1'000'000;
  if (ms < 10'000) return std::to_string(ms > 0 ? ms : 0) + " ms";
  if (ms < 600'000) return std::to_string(ms / 1000) + " s";
  return std::to_string(ms / 60'000) + " minutes";
}

struct Listing {
  std::string text;
  int listed = 0;  // those left out of the text too
};

enum class At { kWork, kQueue, kWait };  // running, or about to; runnable; parked

struct Gathering {
  std::vector<Goroutine*> all;
  std::vector<Goroutine*> parked;    // sorted by address, as the next
  std::vector<Goroutine*> runnable;  // taken out of their queues
  std::int64_t until_ns = 0;         // how long those are waited for that are nowhere

  At Where(Goroutine* g) const {
    if (std::binary_search(parked.begin(), parked.end(), g)) return At::kWait;
    return std::binary_search(runnable.begin(), runnable.end(), g) ? At::kQueue : At::kWork;
  }

  void TakeRunnable() {
    for (Goroutine* g = scheduler.TakeRunnable(); g != nullptr; g = g->next) runnable.push_back(g);
    std::sort(runnable.begin(), runnable.end());
  }
};

// Claims parked goroutines, so that nobody else resumes them; they are not given back.
void Gather(void* context, Goroutine* g) {
  auto* gathering = static_cast<Gathering*>(context);
  if (g->id == 0) return;
  std::uint32_t state = kParked;
  gathering->all.push_back(g);
  if (g->state.compare_exchange_strong(state, kRunning)) gathering->parked.push_back(g);
}

// The worker that runs `g`, or null. It may go on to another one meanwhile.
Worker* WorkerOf(const Goroutine* g) {
  for (int i = 0; i < scheduler.worker_count(); ++i) {
    // acquire: pairs with Run
    if (scheduler.worker(i)->current.load(std::memory_order_acquire) == g) {
      return scheduler.worker(i);
    }
  }
  return nullptr;
}

// Where `g` is; its stack, if it runs, in `trace`. Waits for one that is on its way to a queue
// or from one, and for a worker that gets no CPU in between.
At Find(Goroutine* g, Gathering* gathering) {
  for (int round = 0;; ++round) {
    trace.total = 0;
    if (gathering->Where(g) != At::kWork) break;
    Worker* worker = WorkerOf(g);
    if (worker != nullptr && CaptureThread(worker->tid.load(), &trace) && trace.total > 0 &&
        WorkerOf(g) == worker) {
      break;
    }
    if (NowNs() > gathering->until_ns) {
      trace.total = 0;
      break;
    }
    gathering->TakeRunnable();
    BackOff(round);
  }
  return gathering->Where(g);
}

std::string GoroutineText(Goroutine* g, Gathering* gathering) {
  std::string text = "\ngoroutine " + std::to_string(g->id) + " [";
  const At where = Find(g, gathering);
  if (where == At::kWait) {
    text += std::string(WaitReasonName(g->reason)) + ", " + Age(g->since_ns);
  } else {
    text += where == At::kWork && WorkerOf(g) != nullptr ? "running" : "runnable";
  }
  text += "]:\n";
  if (where != At::kWork && g->fiber.stack != nullptr) {  // else it has not begun
    g->dump_requested = true;
    SwitchToDump(g);
  }
  return text + StackText(trace) + CreatedBy(g->spawn_site);
}

// The thread takes its own stack, in ParkThread.
std::string ThreadStack(ThreadState* thread) {
  trace.total = 0;
  thread->dump_into.store(&trace);
  FutexWake(&thread->task.state, 1);
  const std::int64_t limit = NowNs() + kThreadAnswerNs;
  for (int round = 0; thread->dump_into.load() != nullptr; ++round) {
    StackTrace* unanswered = &trace;
    if (NowNs() > limit && thread->dump_into.compare_exchange_strong(unanswered, nullptr)) {
      return "";
    }
    BackOff(round);
  }
  return StackText(trace);
}

std::string ListThreads() {
  std::string text;
  for (ThreadState* thread = AllThreads(); thread != nullptr; thread = thread->next) {
    if (thread->task.state.load(std::memory_order_acquire) != kParked) continue;  // with Unpark
    text += "\nthread " + std::to_string(thread->tid);
    if (thread->tid == getpid()) text += " (main)";
    text += std::string(" [") + WaitReasonName(thread->task.reason) + ", " +
            Age(thread->task.since_ns) + "]:\n" + ThreadStack(thread);
  }
  return text;
}

Listing ListGoroutines(bool parked_only) {
  Gathering gathering;
  ForEachGoroutine(Gather, &gathering);
  std::vector<Goroutine*> wanted = parked_only ? gathering.parked : gathering.all;
  std::sort(wanted.begin(), wanted.end(),
            [](const Goroutine* a, const Goroutine* b) { return a->id < b->id; });
  std::sort(gathering.parked.begin(), gathering.parked.end());
  if (!parked_only) {  // else they are to go on
    gathering.TakeRunnable();
    gathering.until_ns = NowNs() + kFoundNs;
  }
  Listing listing{"", static_cast<int>(wanted.size())};
  for (int i = 0; i < listing.listed && i < kMaxListed; ++i) {
    listing.text += GoroutineText(wanted[i], &gathering);
  }
  if (listing.listed > kMaxListed) {
    listing.text +=
        "\n... and " + std::to_string(listing.listed - kMaxListed) + " more goroutines\n";
  }
  return listing;
}

[[noreturn]] void Exit(const std::string& text) {
  std::fflush(stdout);
  WriteStderr(text.data(), text.size());
  _exit(kExitCrash);
}

}  // namespace

[[gnu::noinline]] void DumpOwnStack(Goroutine* g) {
  g->dump_requested = false;
  Capture(&trace);
  Leave(CurrentWorker(), g, After::kDumped);
}

void ReportDeadlock() {
  scheduler.StopForGood();
  const std::string text = ListThreads() + ListGoroutines(false).text;
  Exit("fatal error: all goroutines are asleep - deadlock!\n" + text);
}

int ReportLeaks() {
  const Listing listing = ListGoroutines(true);
  if (listing.listed == 0) return 0;
  const std::string text = "heddle: " + std::to_string(listing.listed) +
                           " goroutine(s) still parked at exit\n" + listing.text;
  WriteStderr(text.data(), text.size());
  return listing.listed;
}

void ReportAll() {
  // What is runnable stays so, and can be asked for its stack.
  scheduler.StopForGood();
  Exit("SIGQUIT: quit\n" + ListThreads() + ListGoroutines(false).text);
}

}  // namespace heddle::internal
