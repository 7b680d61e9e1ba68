// What: A print shop drains with its lock held: it waits for its jobs there, and each job takes the lock to count itself as printed.
// Run: deadlock
#include <heddle/heddle.h>

#include <cstdio>
#include <memory>
#include <string>
#include <utility>

class PrintShop {
 public:
  bool Submit(std::string title) {
    heddle::MutexLock lock(mu_);
    if (draining_) return false;
    jobs_.Go([this, title = std::move(title)] { Print(title); });  // bug: deadlock, blocking-under-lock
    return true;
  }

  int Drain() {
    heddle::MutexLock lock(mu_);  // bug: blocking-under-lock, deadlock
    draining_ = true;
    AwaitJobs();  // bug: blocking-under-lock, deadlock
    return printed_;
  }

 private:
  void Print(const std::string& title) {
    // The job goes to the printer without a lock and is then counted.
    pages_.Acquire();
    HEDDLE_DEFER(pages_.Release());
    const int pages = 1 + static_cast<int>(title.size()) / 10;
    heddle::Yield();
    Count(pages);
  }

  void Count(int pages) {
    heddle::MutexLock lock(mu_);  // bug: blocking-under-lock, deadlock
    printed_ += pages;
  }

  void AwaitJobs() { jobs_.Wait(); }  // bug: blocking-under-lock, deadlock

  heddle::Mutex mu_;
  heddle::Semaphore pages_{1};
  bool draining_ = false;
  int printed_ = 0;
  heddle::WaitGroup jobs_;
};

int main() {
  auto shop = std::make_unique<PrintShop>();
  for (int i = 0; i < 8; ++i) shop->Submit("a poster of size " + std::to_string(i));
  std::printf("%d pages\n", shop->Drain());
}
