// What: A print shop marks itself as draining under its lock and waits for its jobs after it has let go of it.
// Run: clean
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
    jobs_.Go([this, title = std::move(title)] { Print(title); });
    return true;
  }

  int Drain() {
    {
      heddle::MutexLock lock(mu_);
      draining_ = true;
    }
    AwaitJobs();
    heddle::MutexLock lock(mu_);
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
    heddle::MutexLock lock(mu_);
    printed_ += pages;
  }

  void AwaitJobs() { jobs_.Wait(); }

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
