// What <heddle/mutex.h> alone gives, as the interface names it.
#include <heddle/mutex.h>

#include <mutex>
#include <shared_mutex>

int Uses() {
  heddle::Mutex mutex;
  heddle::RWMutex rw_mutex;
  heddle::Cond cond(mutex);
  heddle::Once once;
  heddle::Semaphore semaphore(4);
  int n = 0;
  once.Do([&] { ++n; });
  {
    const heddle::MutexLock lock(mutex);
    cond.Wait([&] { return n > 0; });
    if (n == 0) cond.Wait();
  }
  cond.Signal();
  cond.Broadcast();
  semaphore.Acquire();
  semaphore.Acquire(2);
  if (semaphore.TryAcquire() || semaphore.TryAcquire(2)) semaphore.Release();
  semaphore.Release(3);
  mutex.Lock();
  mutex.Unlock();
  if (mutex.TryLock()) mutex.Unlock();
  rw_mutex.Lock();
  rw_mutex.Unlock();
  if (rw_mutex.TryLock()) rw_mutex.Unlock();
  rw_mutex.RLock();
  rw_mutex.RUnlock();
  if (rw_mutex.TryRLock()) rw_mutex.RUnlock();
  { const heddle::ReaderLock lock(rw_mutex); }
  { const heddle::WriterLock lock(rw_mutex); }
  return n;
}

// The standard's guards, which Clang's analysis does not see through.
void UsesOfTheStandard(heddle::Mutex& mutex, heddle::RWMutex& rw_mutex) {
  { const std::lock_guard lock(mutex); }
  { const std::unique_lock lock(mutex, std::try_to_lock); }
  { const std::scoped_lock lock(mutex, rw_mutex); }
  { const std::shared_lock lock(rw_mutex); }
  { const std::shared_lock lock(rw_mutex, std::try_to_lock); }
}
