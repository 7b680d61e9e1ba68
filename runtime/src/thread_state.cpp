// See thread_state.h.
#include "thread_state.h"

#include <sys/syscall.h>
#include <unistd.h>

#include "monitor.h"
#include "sanitizer.h"

namespace heddle::internal {

namespace {

SpinLock lock;  // guards in_use, and writing `all`
Atomic<ThreadState*> all{nullptr};

HEDDLE_PER_THREAD(ThreadState*) current = nullptr;

// Gives the state back when the thread ends.
struct ThreadExit {
  ThreadState* state = nullptr;
  ~ThreadExit() {
    if (state == nullptr) return;
    state->cache.Flush();
    current = nullptr;
    {
      SpinGuard guard(lock);
      state->in_use.store(false, std::memory_order_release);  // pairs with deadlock.cpp
    }
    SuspectDeadlock();  // the others may all be asleep
  }
};
thread_local ThreadExit thread_exit;

ThreadState* Attach() {
  ThreadState* state = nullptr;
  {
    SpinGuard guard(lock);
    // relaxed: written under the lock
    for (state = all.load(std::memory_order_relaxed); state != nullptr; state = state->next) {
      if (!state->in_use.load(std::memory_order_relaxed)) break;
    }
    if (state == nullptr) {
      TsanIgnoreScope ignore;
      state = new ThreadState;
      state->next = all.load(std::memory_order_relaxed);  // as above
      state->random = 88172645463325252u ^ (reinterpret_cast<std::uintptr_t>(state) << 5);
      all.store(state, std::memory_order_release);  // pairs with AllThreads
    }
    state->own = false;
    state->in_use.store(true, std::memory_order_relaxed);
  }
  state->tid = static_cast<int>(syscall(SYS_gettid));
  current = state;
  thread_exit.state = state;
  return state;
}

}  // namespace

[[gnu::noinline]] ThreadState* CurrentThread() {
  asm volatile("" ::: "memory");
  ThreadState* state = current;
  return state != nullptr ? state : Attach();
}

ThreadState* AllThreads() { return all.load(std::memory_order_acquire); }  // pairs with Attach

std::uint32_t ThreadRandom() {
  ThreadState* state = CurrentThread();
  std::uint64_t x = state->random;
  x ^= x << 13;
  x ^= x >> 7;
  x ^= x << 17;
  state->random = x;
  return static_cast<std::uint32_t>(x >> 32);
}

}  // namespace heddle::internal
