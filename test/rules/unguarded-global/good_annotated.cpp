// RUN: %expect %s
// A lock that a project makes by hand: the attributes of Clang's thread safety
// analysis say that it is one.
#include <heddle/heddle.h>

#include <atomic>
#include <memory>
#include <mutex>

class __attribute__((capability("mutex"))) SpinLock {
public:
  void lock() __attribute__((acquire_capability())) {
    while (busy_.exchange(true)) {
    }
  }
  void Lock() __attribute__((acquire_capability())) { lock(); }
  bool try_lock() __attribute__((try_acquire_capability(true))) {
    return !busy_.exchange(true);
  }
  void unlock() __attribute__((release_capability())) { busy_ = false; }

private:
  std::atomic<bool> busy_{false};
  SpinLock *next_ = nullptr; // leads to more of its kind
  std::unique_ptr<SpinLock> spare_;
};

class __attribute__((scoped_lockable)) SpinLockHolder {
public:
  explicit SpinLockHolder(SpinLock &l) __attribute__((acquire_capability(l)))
      : l_(l) {
    l_.lock();
  }
  ~SpinLockHolder() __attribute__((release_capability())) { l_.unlock(); }

private:
  SpinLock &l_;
};

SpinLock mu;
int visits = 0;
int misses = 0;

void Visit() {
  SpinLockHolder hold(mu);
  ++visits;
}
void VisitByStd() {
  std::lock_guard<SpinLock> hold(mu);
  ++visits;
}
void VisitByHand() {
  mu.Lock();
  ++visits;
  mu.unlock();
}
void VisitIfFree() {
  if (!mu.try_lock())
    return;
  ++visits;
  mu.unlock();
}

int main() {
  heddle::WaitGroup wg;
  wg.Go(Visit);
  wg.Go(VisitByStd);
  wg.Go(VisitByHand);
  wg.Go(VisitIfFree);
  wg.Wait();
}
