// RUN: %expect-only=heddle-wait-without-loop -- %s
#include <heddle/heddle.h>

#include <condition_variable>
#include <deque>
#include <mutex>

class Oven {
 public:
  void Bake(int loaf) {
    std::lock_guard<std::mutex> lock(mu_);
    loaves_.push_back(loaf);
    baked_.notify_all();
  }
  // Two helpers deep, and nobody looks again.
  int TakeFirst() {
    std::unique_lock<std::mutex> lock(mu_);  // note: "the lock is acquired here"
    AwaitFirst(lock);
    return loaves_.front();
  }
  int TakeWell() {
    std::unique_lock<std::mutex> lock(mu_);
    while (loaves_.empty()) AwaitSome(lock);
    return loaves_.front();
  }
  int TakeByLambda() {
    std::unique_lock<std::mutex> lock(mu_);
    auto rest = [&] { baked_.wait(lock); };
    while (loaves_.empty()) rest();
    return loaves_.front();
  }

 private:
  void AwaitFirst(std::unique_lock<std::mutex>& lock) {
    if (loaves_.empty()) Rest(lock);
  }
  void Rest(std::unique_lock<std::mutex>& lock) {
    baked_.wait(lock);  // want: wait-without-loop "this wait for 'baked_'"
  }
  void AwaitSome(std::unique_lock<std::mutex>& lock) { baked_.wait(lock); }

  std::mutex mu_;
  std::condition_variable baked_;
  std::deque<int> loaves_;
};

// The loop is the caller's, and the lock its own too.
class Tap {
 public:
  void Open() {
    heddle::MutexLock lock(mu_);
    is_open_ = true;
    opened_.Broadcast();
  }
  void Drink() {
    heddle::MutexLock lock(mu_);
    while (!is_open_) Rest();
  }
  void Sip() {
    heddle::MutexLock lock(mu_);
    Pause();
  }

 private:
  void Rest() { opened_.Wait(); }
  void Pause() {
    opened_.Wait();  // want: wait-without-loop "this wait for 'opened_'"
  }
  heddle::Mutex mu_;
  heddle::Cond opened_{mu_};
  bool is_open_ = false;
};
