// Threads, futexes, clocks and spinning: with heddle/internal/atomic.h all that the
// runtime's algorithms know of the machine's concurrency. The model checker of
// test/runtime/model puts itself behind both: there sync.cpp is replaced, and
// everything else, SpinLock included, is the same source.
//
// In/Out: nothing here knows of goroutines.
// Invariants: a SpinLock is never held across a park and guards a few dozen
// instructions at most; its holder may be preempted by the kernel, so waiters fall
// back to sched_yield and then to short sleeps.
// Cost: SpinLock::Lock is one locked exchange (6-8 ns), Unlock one plain store.
#ifndef HEDDLE_SRC_SYNC_H_
#define HEDDLE_SRC_SYNC_H_

#include <cstdint>

#include "heddle/internal/atomic.h"

namespace heddle::internal {

// Starts a detached thread that calls `main(argument)`. Returns false when the system has no
// more threads to give, or no memory for one.
bool StartThread(void (*main)(void*), void* argument);

// Blocks: thread. Returns when woken, when `*word != expected`, after `timeout_ns`
// (negative: no limit), or spuriously.
void FutexWait(Atomic<std::uint32_t>* word, std::uint32_t expected, std::int64_t timeout_ns = -1);
// Wakes up to `count` waiters. Uses only the address of `word`: it may be dead already.
void FutexWake(Atomic<std::uint32_t>* word, int count);

// Nanoseconds of the monotonic clock; the coarse one costs a few ns and steps by
// a kernel tick (1-4 ms).
std::int64_t NowNs();
std::int64_t CoarseNowNs();

// The clock of the calling thread's CPU time, and what such a clock of any thread that
// has not ended shows, in ns. Cost: a system call, 0.3 us.
int ThreadCpuClock();
std::int64_t CpuNs(int clock);
// Whether the kernel has the thread on a CPU or waiting for one; false if it does not
// say. Cost: three system calls, 10 us.
bool ThreadReadyToRun(int tid);

#if defined(HEDDLE_MODEL)
void CpuRelax();  // lets the others go on
#else
[[gnu::always_inline]] inline void CpuRelax() {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  asm volatile("isb" ::: "memory");
#endif
}
#endif

// What a waiter does in its `round`-th fruitless look at something another thread is
// about to change: pauses, then the rest of its time slice, then 50 us of sleep.
void BackOff(int round);

class SpinLock {
 public:
  constexpr SpinLock() = default;
  SpinLock(const SpinLock&) = delete;
  SpinLock& operator=(const SpinLock&) = delete;

  [[gnu::always_inline]] void Lock() {
    // acquire: pairs with the release store in Unlock.
    if (held_.exchange(1, std::memory_order_acquire) != 0) LockSlow();
  }
  [[gnu::always_inline]] bool TryLock() {
    // acquire: pairs with the release store in Unlock.
    return held_.exchange(1, std::memory_order_acquire) == 0;
  }
  // release: pairs with the acquire exchange in Lock.
  [[gnu::always_inline]] void Unlock() { held_.store(0, std::memory_order_release); }

 private:
  void LockSlow();
  Atomic<std::uint8_t> held_{0};
};

class SpinGuard {
 public:
  [[gnu::always_inline]] explicit SpinGuard(SpinLock& lock) : lock_(lock) { lock_.Lock(); }
  [[gnu::always_inline]] ~SpinGuard() { lock_.Unlock(); }
  SpinGuard(const SpinGuard&) = delete;
  SpinGuard& operator=(const SpinGuard&) = delete;

 private:
  SpinLock& lock_;
};

}  // namespace heddle::internal

#endif  // HEDDLE_SRC_SYNC_H_
