// What: Three components call one another; the informer drops its lock before it calls the scheduler.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>

class Scheduler;

class Informer {
 public:
  void SetScheduler(Scheduler* scheduler) { scheduler_ = scheduler; }
  int Version() {
    heddle::MutexLock lock(mu_);
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
    heddle::MutexLock lock(mu_);
    assumed_ = pod + informer_.Version();
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
    heddle::MutexLock lock(mu_);
    cache_.Assume(++scheduled_);
  }
  void Wake() {
    heddle::MutexLock lock(mu_);
    ++woken_;
  }

 private:
  Cache& cache_;
  heddle::Mutex mu_;
  int scheduled_ = 0;
  int woken_ = 0;
};

void Informer::Resync() {
  {
    heddle::MutexLock lock(mu_);
    ++version_;
  }
  scheduler_->Wake();
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
