// Four workers take jobs from one channel and count in a total under a lock.
#include <heddle/heddle.h>

#include <cstdio>

constexpr int kWorkers = 4;
constexpr int kJobs = 20;

class Total {
 public:
  void Add(int n) {
    heddle::MutexLock lock(mu_);
    ++jobs_;
    sum_ += n;
  }

  void Print() {
    heddle::MutexLock lock(mu_);
    std::printf("%d jobs done, their sum is %d\n", jobs_, sum_);
  }

 private:
  heddle::Mutex mu_;
  int jobs_ = 0;
  int sum_ = 0;
};

void Work(heddle::Channel<int> jobs, Total& total) {
  for (int job : jobs) total.Add(job);
}

int main() {
  heddle::Channel<int> jobs(kWorkers);
  Total total;

  heddle::WaitGroup workers;
  for (int i = 0; i < kWorkers; ++i) {
    workers.Go([jobs, &total] { Work(jobs, total); });
  }
  for (int job = 1; job <= kJobs; ++job) jobs.Send(job);
  jobs.Close();
  workers.Wait();
  total.Print();
}
