// What: A dispatcher pauses by closing the entrance under its lock and waits for its running jobs after it.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <functional>
#include <utility>
#include <vector>

class Dispatcher {
 public:
  using Job = std::function<int()>;

  bool Submit(Job job) {
    heddle::MutexLock lock(mu_);
    if (paused_) return false;
    running_.Go([this, job = std::move(job)] { Record(job()); });
    return true;
  }

  // No job runs when this has returned.
  void Pause() {
    {
      heddle::MutexLock lock(mu_);
      paused_ = true;
    }
    running_.Wait();
  }

  std::vector<int> results() {
    heddle::MutexLock lock(mu_);
    return results_;
  }

 private:
  void Record(int result) {
    heddle::MutexLock lock(mu_);
    results_.push_back(result);
  }

  heddle::Mutex mu_;
  bool paused_ = false;
  std::vector<int> results_;
  heddle::WaitGroup running_;
};

int Work(int size) {
  int sum = 0;
  for (int i = 0; i < size; ++i) {
    sum += i;
    if (i % 8 == 0) heddle::Yield();
  }
  return sum;
}

int main() {
  Dispatcher dispatcher;
  int refused = 0;
  for (int size = 10; size < 60; size += 10) {
    if (!dispatcher.Submit([size] { return Work(size); })) ++refused;
  }
  dispatcher.Pause();
  if (!dispatcher.Submit([] { return 1; })) ++refused;
  std::printf("%zu results, %d refused\n", dispatcher.results().size(), refused);
}
