// RUN: %expect %s
// A class that no program shown uses: its own task runs beside its methods. It
// comes by once without the lock, and again only after it had it.
#include <heddle/heddle.h>

#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <utility>

class Kitchen {
 public:
  explicit Kitchen(std::function<void(const std::string&)> cook) : cook_(std::move(cook)) {
    shift_.Go([this] { Work(); });
  }
  ~Kitchen() {
    orders_.Close();
    shift_.Wait();
  }

  void Order(std::string dish) {
    heddle::MutexLock lock(mu_);
    ++ordered_;
    orders_.Send(std::move(dish));  // want: blocking-under-lock "this send on 'orders_' blocks while 'mu_' is held"
  }

  int Waiting() {
    heddle::MutexLock lock(mu_);
    return ordered_ - cooked_;
  }

 private:
  void Work() {
    for (const std::string& dish : orders_) {
      cook_(dish);
      heddle::MutexLock lock(mu_);
      ++cooked_;
    }
  }

  const std::function<void(const std::string&)> cook_;
  const heddle::Channel<std::string> orders_;
  heddle::Mutex mu_;
  int ordered_ = 0, cooked_ = 0;
  heddle::WaitGroup shift_;
};

class Counter {
 public:
  Counter() : clock_([this] { Tick(); }) {}

  int Next() {
    std::lock_guard<std::mutex> lock(mu_);
    return *ticks_.Recv() + offset_;  // want: blocking-under-lock "this receive from 'ticks_' blocks while 'mu_' is held"
  }

 private:
  void Tick() {
    for (int i = 0; i < 1000; ++i) {
      ticks_.Send(i);
      std::lock_guard<std::mutex> lock(mu_);
      ++offset_;
    }
  }

  heddle::Channel<int> ticks_;
  std::mutex mu_;
  int offset_ = 0;
  std::thread clock_;
};
