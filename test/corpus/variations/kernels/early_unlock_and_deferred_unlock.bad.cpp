// What: A meter unlocks by hand before it calls its listener and has deferred the unlock as well, so the second one hits an unlocked lock.
// Run: panic
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
    mu_.Lock();
    HEDDLE_DEFER(mu_.Unlock());  // bug: unlock-not-held
    total_ += amount;
    if (total_ > limit_ && listener_) {
      Listener listener = listener_;
      const int total = std::exchange(total_, 0);
      mu_.Unlock();  // bug: unlock-not-held
      listener(total);
      return 0;  // bug: unlock-not-held
    }
    return total_;
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
