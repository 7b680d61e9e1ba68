// See report.h.
#include "report.h"

#include <unistd.h>
#include <unwind.h>

#include <cstdint>
#include <cstdio>
#include <string>
#include <vector>

#include "fatal.h"
#include "scheduler.h"
#include "symbolize.h"
#include "thread_state.h"

namespace heddle::internal {

namespace {

// Above this many, goroutines are only counted.
constexpr int kMaxListed = 100;
constexpr int kMaxFrames = 64;

struct Frames {
  const void* pc[kMaxFrames];
  int count = 0;
};
Frames frames;  // of the one dump that is being made

std::string Age(std::int64_t since_ns) {
  const std::int64_t ms = (CoarseNowNs() - since_ns) / 1'000'000;
  if (ms < 10'000) return std::to_string(ms > 0 ? ms : 0) + " ms";
  if (ms < 600'000) return std::to_string(ms / 1000) + " s";
  return std::to_string(ms / 60'000) + " minutes";
}

// The calling stack, from the innermost call, or from what a signal interrupted.
[[gnu::always_inline]] inline void CollectFrames(int most) {
  _Unwind_Backtrace(
      [](_Unwind_Context* context, void* arg) {
        int interrupted = 0;
        const std::uintptr_t pc = _Unwind_GetIPInfo(context, &interrupted);
        if (interrupted != 0) frames.count = 0;
        if (pc == 0 || frames.count == *static_cast<int*>(arg)) return _URC_END_OF_STACK;
        frames.pc[frames.count++] = reinterpret_cast<const void*>(pc);
        return _URC_NO_REASON;
      },
      &most);
}

std::string StackText() {
  std::string text;
  for (int i = 0; i < frames.count; ++i) {
    // A return address is one past its call.
    const std::string frame = Symbolize(static_cast<const char*>(frames.pc[i]) - 1);
    // The runtime's own frames at the top say nothing that the wait reason does not.
    if (text.empty() && frame.find("heddle::internal::") != std::string::npos) continue;
    if (frame.find("GoroutineMain") != std::string::npos) break;
    text += "\t" + frame + "\n";
  }
  return text;
}

struct Listing {
  std::string text;
  bool parked_only;
  int listed = 0;
  int left_out = 0;
};

void List(void* context, Goroutine* g) {
  auto* listing = static_cast<Listing*>(context);
  if (g->id == 0) return;
  // Claims a parked goroutine, so that nobody else resumes it; it is not given back.
  std::uint32_t parked = kParked;
  const bool claimed = g->state.compare_exchange_strong(parked, kRunning);
  if (!claimed && listing->parked_only) return;
  if (++listing->listed > kMaxListed) {
    ++listing->left_out;
    return;
  }
  std::string& text = listing->text;
  text += "\ngoroutine " + std::to_string(g->id) + " [";
  if (!claimed) {
    text += g->fiber.stack == nullptr ? "runnable]:\n" : "running]:\n";
  } else {
    text += std::string(WaitReasonName(g->reason)) + ", " + Age(g->since_ns) + "]:\n";
    frames.count = 0;
    g->dump_requested = true;
    SwitchToDump(g);
    text += StackText();
  }
  text += CreatedBy(g->spawn_site);
}

std::string ListThreads() {
  std::string text;
  for (ThreadState* thread = AllThreads(); thread != nullptr; thread = thread->next) {
    if (thread->task.state.load(std::memory_order_acquire) != kParked) continue;  // with Unpark
    text += "\nthread " + std::to_string(thread->tid);
    if (thread->tid == getpid()) text += " (main)";
    text += std::string(" [") + WaitReasonName(thread->task.reason) + ", " +
            Age(thread->task.since_ns) + "]\n";
  }
  return text;
}

Listing ListGoroutines(bool parked_only) {
  Listing listing{"", parked_only};
  ForEachGoroutine(List, &listing);
  if (listing.left_out > 0) {
    listing.text += "\n... and " + std::to_string(listing.left_out) + " more goroutines\n";
  }
  return listing;
}

[[noreturn]] void Exit(const std::string& text) {
  std::fflush(stdout);
  WriteStderr(text.data(), text.size());
  _exit(kExitCrash);
}

}  // namespace

std::string CreatedBy(const void* spawn_site) {
  return "created by " + Symbolize(static_cast<const char*>(spawn_site) - 1) + "\n";
}

[[gnu::noinline]] void DumpOwnStack(Goroutine* g) {
  g->dump_requested = false;
  frames.count = 0;
  CollectFrames(kMaxFrames);
  Leave(CurrentWorker(), g, After::kDumped);
}

std::string InterruptedStack() {
  constexpr int kShown = 24;
  frames.count = 0;
  CollectFrames(kShown);
  return StackText() + (frames.count == kShown ? "\t...\n" : "");
}

void ReportDeadlock() {
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

void ReportAll() { Exit("SIGQUIT: quit\n" + ListThreads() + ListGoroutines(false).text); }

}  // namespace heddle::internal
