// What: A meter takes what it needs in a scope of its own under the lock and calls its listener after that.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <functional>
#include <utility>

class Meter {
 public:
  using Listener = std::function<void(int)>;
  explicit Meter(int limit) : limit_(limit) {}

  void Listen(Listener listener) {
    heddle::MutexLock lock(mu_);
    listener_ = std::move(listener);
  }

  int Add(int amount) {
    Listener listener;
    int total = 0;
    {
      heddle::MutexLock lock(mu_);
      total_ += amount;
      if (total_ <= limit_ || !listener_) return total_;
      listener = listener_;
      total = std::exchange(total_, 0);
    }
    listener(total);
    return 0;
  }

 private:
  const int limit_;
  heddle::Mutex mu_;
  int total_ = 0;
  Listener listener_;
};

int main() {
  Meter meter(5);
  meter.Listen([](int total) { std::printf("over the limit: %d\n", total); });
  heddle::WaitGroup tasks;
  tasks.Go([&meter] {
    int left = 0;
    for (int amount = 1; amount <= 4; ++amount) left = meter.Add(amount);
    std::printf("%d left\n", left);
  });
  tasks.Wait();
}
