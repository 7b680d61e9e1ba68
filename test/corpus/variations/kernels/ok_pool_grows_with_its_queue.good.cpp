// What: A pool starts another worker when a job finds no room in the queue, up to a limit, and closes the queue before it waits for the workers.
// Run: clean
#include <heddle/heddle.h>

#include <atomic>
#include <cstdio>
#include <functional>
#include <utility>

class GrowingPool {
 public:
  using Job = std::function<void()>;
  explicit GrowingPool(int most) : most_(most) { Grow(); }
  ~GrowingPool() {
    jobs_.Close();
    workers_.Wait();
  }
  GrowingPool(const GrowingPool&) = delete;
  GrowingPool& operator=(const GrowingPool&) = delete;

  void Submit(Job job) {
    if (jobs_.TrySend(job)) return;
    if (size_ < most_) Grow();
    jobs_.Send(std::move(job));
  }

  int size() const { return size_; }

 private:
  void Grow() {
    ++size_;
    workers_.Go([jobs = heddle::RecvChannel<Job>(jobs_)] {
      for (const Job& job : jobs) job();
    });
  }

  const int most_;
  int size_ = 0;  // only touched by the owner
  heddle::Channel<Job> jobs_{2};
  heddle::WaitGroup workers_;
};

int main() {
  std::atomic<int> sum{0};
  bool grown_within_limit = false;
  {
    GrowingPool pool(4);
    for (int job = 1; job <= 100; ++job) {
      pool.Submit([&sum, job] {
        if (job % 10 == 0) heddle::Yield();
        sum += job;
      });
    }
    grown_within_limit = pool.size() <= 4;
  }
  std::printf("sum %d, %d\n", sum.load(), grown_within_limit);
}
