// What: A batcher waits for its workers before it takes its lock.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <functional>
#include <vector>

class Batcher {
 public:
  void Submit(std::function<int()> work) {
    workers_.Go([this, work] {
      const int result = work();
      Add(result);
    });
  }

  int Flush() {
    workers_.Wait();
    heddle::MutexLock lock(mu_);
    int sum = 0;
    for (int result : results_) sum += result;
    results_.clear();
    return sum;
  }

 private:
  void Add(int result) {
    heddle::MutexLock lock(mu_);
    results_.push_back(result);
  }

  heddle::Mutex mu_;
  std::vector<int> results_;
  heddle::WaitGroup workers_;
};

int main() {
  Batcher batcher;
  for (int i = 1; i <= 3; ++i) {
    batcher.Submit([i] { return i * i; });
  }
  std::printf("sum %d\n", batcher.Flush());
}
