// What ends with the elements of a map waits for tasks.
// RUN: %expect %s
#include <heddle/heddle.h>

#include <map>
#include <memory>
#include <utility>

// A stove reports to its kitchen when it goes, and the kitchen lets its stoves
// go with the lock that a report needs.
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
    heddle::MutexLock lock(mu_);
    stoves_.clear();
  }
  void Report() {
    heddle::MutexLock lock(mu_);  // want: deadlock "locking 'mu_'"
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
