// The same as in owned_under_lock.cpp, where the lock is free by then.
// RUN: %expect %s
#include <heddle/heddle.h>

#include <map>
#include <memory>
#include <utility>

// A stove reports to its kitchen when it goes, and the kitchen lets its stoves
// go when nobody holds the lock that a report needs.
class Kitchen {
 public:
  struct Stove {
    explicit Stove(Kitchen& kitchen) {
      work.Go([&kitchen] { kitchen.Report(); });
    }
    ~Stove() { work.Wait(); }
    heddle::WaitGroup work;
  };

  void Add() {
    auto stove = std::make_unique<Stove>(*this);
    heddle::MutexLock lock(mu_);
    stoves_[next_++] = std::move(stove);
  }
  void Clear() {
    std::map<int, std::unique_ptr<Stove>> gone;
    {
      heddle::MutexLock lock(mu_);
      gone = std::move(stoves_);
    }
    gone.clear();
  }
  void Report() {
    heddle::MutexLock lock(mu_);
    ++reports_;
  }

 private:
  heddle::Mutex mu_;
  int next_ = 0, reports_ = 0;
  std::map<int, std::unique_ptr<Stove>> stoves_;
};

int main() {
  Kitchen kitchen;
  kitchen.Add();
  kitchen.Clear();
}
