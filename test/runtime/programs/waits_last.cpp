// Goroutines in functions that end with a wait: reports name them all the same.
#include <heddle/heddle.h>
#include <signal.h>

#include <chrono>

heddle::Mutex mu;
heddle::RWMutex rw;
heddle::Cond cond(mu);
heddle::Semaphore semaphore(0);
heddle::WaitGroup wg;

[[gnu::noinline]] void LockLast() { mu.Lock(); }
[[gnu::noinline]] void RLockLast() { rw.RLock(); }
[[gnu::noinline]] void WriteLockLast() { rw.Lock(); }
[[gnu::noinline]] void AcquireLast() { semaphore.Acquire(); }
[[gnu::noinline]] void WaitLast() { wg.Wait(); }
[[gnu::noinline]] void SleepLast() { heddle::Sleep(std::chrono::hours(1)); }
[[gnu::noinline]] void CondWaitLast() {
  mu.Lock();
  cond.Wait();
}

int main() {
  wg.Add(1);
  rw.Lock();
  heddle::go(CondWaitLast);
  heddle::Sleep(std::chrono::milliseconds(20));
  mu.Lock();
  heddle::go(LockLast);
  heddle::go(RLockLast);
  heddle::go(WriteLockLast);
  heddle::go(AcquireLast);
  heddle::go(WaitLast);
  heddle::go(SleepLast);
  heddle::Sleep(std::chrono::milliseconds(50));
  raise(SIGQUIT);
  heddle::Sleep(std::chrono::hours(1));
}
