// The type-erased half of `go`: a record, its closure's storage, and the start.
#include "heddle/internal/spawn.h"

#include <new>

#include "goroutine.h"
#include "large_stack.h"
#include "sanitizer.h"
#include "scheduler.h"
#include "stack_guard.h"
#include "thread_state.h"

namespace heddle::internal {

namespace {

// Ids are taken a batch at a time; 1 is kept for the goroutine of Run.
constexpr std::uint64_t kIdBatch = 16;
Atomic<std::uint64_t> next_id{2};
Atomic<bool> first_id_given{false};

std::uint64_t NewId(ThreadState* thread) {
  if (thread->next_id == thread->last_id) {
    // relaxed: only the numbers matter
    thread->next_id = next_id.fetch_add(kIdBatch, std::memory_order_relaxed);
    thread->last_id = thread->next_id + kIdBatch;
  }
  return thread->next_id++;
}

// Gives back a record that was not started.
void Discard(Goroutine* g, GoroutineCache& cache) {
  if (g->large_stack != nullptr) FreeLargeStack(g->large_stack);
  g->large_stack = nullptr;
  cache.Give(g);
}

}  // namespace

Spawn PrepareGoroutine(std::size_t size, std::size_t align, std::size_t stack_bytes) {
  scheduler.EnsureStarted();
  GoroutineCache& cache = CurrentThread()->cache;
  Goroutine* g = cache.Take();
  if (stack_bytes > StackBytes() - GuardBytes()) {
    g->large_stack = MakeLargeStack(stack_bytes);
    if (g->large_stack == nullptr) {
      cache.Give(g);
      ThrowNoMemory();
    }
  }
  // Under TSan always on the heap, whose reuse it understands.
  g->closure_on_heap = TsanOn() || size > Goroutine::kInlineClosure || align > 16;
  if (!g->closure_on_heap) {
    g->closure = g->inline_closure;
  } else {
    g->closure_align = static_cast<std::uint32_t>(align);
    try {
      g->closure = ::operator new(size, std::align_val_t(align));
    } catch (...) {
      Discard(g, cache);
      throw;
    }
  }
  return {g, g->closure};
}

void SetSpawnSite(const void* site) { CurrentGoroutine()->spawn_site = site; }

void FreeClosure(Goroutine* g) {
  if (g->closure_on_heap) ::operator delete(g->closure, std::align_val_t(g->closure_align));
  g->closure = nullptr;
}

void AbandonGoroutine(Spawn spawn) {
  auto* g = static_cast<Goroutine*>(spawn.record);
  FreeClosure(g);
  Discard(g, CurrentThread()->cache);
}

namespace {
void Begin(Goroutine* g, ThreadState* thread, std::uint64_t id, const void* site,
           void (*entry)(void*)) {
  g->entry = entry;
  g->spawn_site = site;
  g->reason = WaitReason::kNone;
  g->state.store(kRunning, std::memory_order_relaxed);  // published by the run queue
  g->id = id;
  // relaxed load: only this thread writes it; release: pairs with NumGoroutines
  thread->started.store(thread->started.load(std::memory_order_relaxed) + 1,
                        std::memory_order_release);
  TsanRelease(g);
  scheduler.Ready(g);
}
}  // namespace

[[gnu::noinline]] void StartGoroutine(Spawn spawn, void (*entry)(void*)) {
  ThreadState* thread = CurrentThread();
  Begin(static_cast<Goroutine*>(spawn.record), thread, NewId(thread), __builtin_return_address(0),
        entry);
}

[[gnu::noinline]] void StartFirstGoroutine(Spawn spawn, void (*entry)(void*)) {
  ThreadState* thread = CurrentThread();
  const std::uint64_t id = first_id_given.exchange(true) ? NewId(thread) : 1;
  Begin(static_cast<Goroutine*>(spawn.record), thread, id, __builtin_return_address(0), entry);
}

}  // namespace heddle::internal
