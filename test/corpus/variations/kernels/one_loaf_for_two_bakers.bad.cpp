// What: A counter wakes all its customers for each loaf and each looks only once, before its wait; the second one that wakes takes a loaf that is not there.
// Run: panic-some
#include <heddle/heddle.h>

#include <cstdio>
#include <deque>
#include <stdexcept>
#include <string>
#include <utility>

class Counter {
 public:
  void Put(std::string loaf) {
    heddle::MutexLock lock(mu_);
    loaves_.push_back(std::move(loaf));
    baked_.Broadcast();  // bug: wait-without-loop
  }

  std::string Take() {
    heddle::MutexLock lock(mu_);
    if (loaves_.empty()) {  // bug: wait-without-loop
      baked_.Wait();  // bug: wait-without-loop
    }
    return TakeLocked();
  }

 private:
  std::string TakeLocked() {
    if (loaves_.empty()) heddle::panic("no loaf on the counter");  // bug: wait-without-loop
    std::string loaf = std::move(loaves_.front());
    loaves_.pop_front();
    return loaf;
  }

  heddle::Mutex mu_;
  heddle::Cond baked_{mu_};
  std::deque<std::string> loaves_;
};

class Bakery {
 public:
  void Serve(int customers) {
    for (int customer = 0; customer < customers; ++customer) {
      customers_.Go([this] {
        const std::string loaf = counter_.Take();  // bug: wait-without-loop
        heddle::MutexLock lock(mu_);
        ++served_[loaf == "rye"];
      });
    }
  }

  void Bake(int loaves) {
    for (int loaf = 0; loaf < loaves; ++loaf) {
      heddle::Yield();
      counter_.Put(loaf % 2 == 0 ? "rye" : "spelt");
    }
  }

  void Close() {
    customers_.Wait();
    std::printf("%d rye, %d spelt\n", served_[1], served_[0]);
  }

 private:
  Counter counter_;
  heddle::WaitGroup customers_;
  heddle::Mutex mu_;
  int served_[2] = {0, 0};
};

int main() {
  Bakery bakery;
  bakery.Serve(6);
  heddle::WaitGroup baker;
  baker.Go([&] { bakery.Bake(6); });
  baker.Wait();
  bakery.Close();
}
