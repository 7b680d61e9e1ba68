// RUN: %expect %s
// What constructors, moves and swaps leave in members decides what destructors do.
#include <heddle/heddle.h>

#include <mutex>
#include <utility>

std::mutex mu;

// Gives back what it holds when it dies, unless it was moved from.
class Loan {
 public:
  explicit Loan(int* item) : item_(item) {}
  Loan(Loan&& other) : item_(std::exchange(other.item_, nullptr)) {}
  Loan& operator=(Loan&& other) {
    Reset();
    std::swap(item_, other.item_);
    return *this;
  }
  ~Loan() { Reset(); }
  void Reset() {
    if (item_ != nullptr) {
      std::lock_guard<std::mutex> lock(mu);  // want: double-lock "'mu' is acquired again"
      item_ = nullptr;
    }
  }
  void Drop() { item_ = nullptr; }

 private:
  int* item_ = nullptr;
};

void Dies(int* item) {
  std::lock_guard<std::mutex> lock(mu);  // note: "'mu' is acquired here"
  Loan loan(item);
}

void Dropped(int* item) {
  std::lock_guard<std::mutex> lock(mu);
  Loan loan(item);
  loan.Drop();
}

void Take(Loan&& loan, int*& out) {
  int* none = nullptr;
  (void)out;
  (void)none;
  loan.Drop();
}

void MovedFrom(int* item, int*& out) {
  std::lock_guard<std::mutex> lock(mu);
  auto take = [&](Loan&& loan) { Take(std::move(loan), out); };
  take(Loan(item));
}

// A guard around a guard.
class Lock {
 public:
  explicit Lock(std::mutex& m) : lock_(m) {}
  ~Lock() = default;
  void Unlock() { lock_.unlock(); }
  void Relock() { lock_.lock(); }

 private:
  std::unique_lock<std::mutex> lock_;
};

void OneAfterTheOther() {
  { Lock first(mu); }
  Lock second(mu);
  second.Unlock();
  { Lock third(mu); }
  second.Relock();
}

void OneInTheOther() {
  std::lock_guard<std::mutex> outer(mu);
  heddle::Defer nothing([] {});
  mu.lock();  // want: double-lock "'mu' is acquired again"
}

// Runs what it is given, unless it was moved from.
template <class F>
class Finally {
 public:
  explicit Finally(F f) : f_(std::move(f)), valid_(true) {}
  Finally(Finally&& other) : f_(std::move(other.f_)), valid_(other.valid_) { other.valid_ = false; }
  ~Finally() {
    if (valid_) f_();
  }

 private:
  F f_;
  bool valid_;
};
template <class F>
Finally<F> MakeFinally(F f) {
  return Finally<F>(std::move(f));
}

void UnlocksAtEnd(bool early) {
  mu.lock();
  auto unlock = MakeFinally([] { mu.unlock(); });
  if (early) return;
}
