// What: A workshop's workers take a job under the lock, drop the lock to do the job, which may hand in another one, and take the lock again for the next turn.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <deque>
#include <functional>
#include <utility>

class Workshop {
 public:
  using Job = std::function<void(Workshop&)>;

  void HandIn(Job job) {
    heddle::MutexLock lock(mu_);
    jobs_.push_back(std::move(job));
    changed_.Signal();
  }

  // Does jobs until there are none left and nobody is doing one.
  void Work() {
    mu_.Lock();
    for (;;) {
      while (jobs_.empty() && busy_ > 0) changed_.Wait();
      if (jobs_.empty()) break;
      Job job = std::move(jobs_.front());
      jobs_.pop_front();
      ++busy_;
      mu_.Unlock();
      job(*this);
      mu_.Lock();
      ++finished_;
      if (--busy_ == 0 && jobs_.empty()) changed_.Broadcast();
    }
    mu_.Unlock();
  }

  int finished() {
    heddle::MutexLock lock(mu_);
    return finished_;
  }

 private:
  heddle::Mutex mu_;
  heddle::Cond changed_{mu_};
  std::deque<Job> jobs_;
  int busy_ = 0;
  int finished_ = 0;
};

int main() {
  Workshop workshop;
  for (int i = 0; i < 10; ++i) {
    workshop.HandIn([i](Workshop& shop) {
      if (i % 3 == 0) shop.HandIn([](Workshop&) { heddle::Yield(); });
    });
  }
  heddle::WaitGroup workers;
  for (int worker = 0; worker < 3; ++worker) workers.Go([&] { workshop.Work(); });
  workers.Wait();
  std::printf("%d jobs\n", workshop.finished());
}
