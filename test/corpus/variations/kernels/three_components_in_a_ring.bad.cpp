// What: Three components call one another with their own lock held: the scheduler the cache, the cache the informer, the informer the scheduler.
// Run: hang-some
#include <heddle/heddle.h>

#include <cstdio>

class Scheduler;

class Informer {
 public:
  void SetScheduler(Scheduler* scheduler) { scheduler_ = scheduler; }
  int Version() {
    heddle::MutexLock lock(mu_);  // bug: lock-order, deadlock
    return version_;
  }
  void Resync();

 private:
  heddle::Mutex mu_;
  int version_ = 0;
  Scheduler* scheduler_ = nullptr;
};

class Cache {
 public:
  explicit Cache(Informer& informer) : informer_(informer) {}
  void Assume(int pod) {
    heddle::MutexLock lock(mu_);  // bug: lock-order, deadlock
    assumed_ = pod + informer_.Version();  // bug: lock-order, deadlock
  }

 private:
  Informer& informer_;
  heddle::Mutex mu_;
  int assumed_ = 0;
};

class Scheduler {
 public:
  explicit Scheduler(Cache& cache) : cache_(cache) {}
  void ScheduleOne() {
    heddle::MutexLock lock(mu_);  // bug: lock-order, deadlock
    cache_.Assume(++scheduled_);  // bug: lock-order, deadlock
  }
  void Wake() {
    heddle::MutexLock lock(mu_);  // bug: lock-order, deadlock
    ++woken_;
  }

 private:
  Cache& cache_;
  heddle::Mutex mu_;
  int scheduled_ = 0;
  int woken_ = 0;
};

void Informer::Resync() {
  heddle::MutexLock lock(mu_);  // bug: lock-order, deadlock
  ++version_;
  scheduler_->Wake();  // bug: lock-order, deadlock
}

int main() {
  Informer informer;
  Cache cache(informer);
  Scheduler scheduler(cache);
  informer.SetScheduler(&scheduler);
  heddle::WaitGroup tasks;
  tasks.Go([&] {
    for (int i = 0; i < 5000; ++i) scheduler.ScheduleOne();
  });
  tasks.Go([&] {
    for (int i = 0; i < 5000; ++i) informer.Resync();
  });
  tasks.Wait();
}
