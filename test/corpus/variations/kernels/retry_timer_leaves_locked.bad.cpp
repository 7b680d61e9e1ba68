// What: A mailer's retry runs in a timer's callback, which locks the mailer and returns without unlocking when the letter has gone out meanwhile.
// Run: hang-some
#include <heddle/heddle.h>

#include <chrono>
#include <cstdio>
#include <functional>
#include <memory>
#include <set>

using namespace std::chrono_literals;

// Calls a function later, on a timer.
class Scheduler {
 public:
  void Later(std::chrono::nanoseconds delay, std::function<void()> call) {
    calls_.Add(1);
    timer_ = std::make_unique<heddle::Timer>(
        heddle::Timer::AfterFunc(delay, [this, call = std::move(call)] {
          HEDDLE_DEFER(calls_.Done());
          call();
        }));
  }
  void Wait() { calls_.Wait(); }

 private:
  heddle::WaitGroup calls_;
  std::unique_ptr<heddle::Timer> timer_;
};

class Mailer {
 public:
  explicit Mailer(Scheduler& scheduler) : scheduler_(scheduler) {}

  void Send(int letter) {
    mu_.Lock();  // bug: deadlock, double-lock
    waiting_.insert(letter);
    mu_.Unlock();
    scheduler_.Later(1ms, [this, letter] { Retry(letter); });
  }

  void Delivered(int letter) {
    mu_.Lock();  // bug: deadlock, double-lock
    waiting_.erase(letter);
    mu_.Unlock();
  }

  std::size_t Waiting() {
    heddle::MutexLock lock(mu_);  // bug: deadlock, double-lock
    return waiting_.size();
  }

 private:
  void Retry(int letter) {
    mu_.Lock();  // bug: missing-unlock, deadlock
    if (!waiting_.contains(letter)) return;  // bug: missing-unlock, deadlock
    std::printf("letter %d again\n", letter);
    waiting_.erase(letter);
    mu_.Unlock();
  }

  Scheduler& scheduler_;
  heddle::Mutex mu_;
  std::set<int> waiting_;
};

int main() {
  Scheduler scheduler;
  Mailer mailer(scheduler);
  mailer.Send(1);
  mailer.Delivered(1);
  scheduler.Wait();
  std::printf("%zu waiting\n", mailer.Waiting());
}
