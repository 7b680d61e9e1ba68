// RUN: %expect-only=-*,heddle-lock-order -- %s
// Each class takes its own lock and calls the other one under it.
#include <heddle/heddle.h>

class Ledger {
 public:
  void Add(int n) {
    heddle::MutexLock lock(mu_);  // want: lock-order "'ledger.mu_' is acquired here while 'till.mu_' is held"
    sum_ += n;
  }
  template <class F>
  void ForEach(F visit) {
    heddle::MutexLock lock(mu_);
    visit(sum_);
  }

 private:
  heddle::Mutex mu_;
  int sum_ = 0;
};

class Till {
 public:
  explicit Till(Ledger& ledger) : ledger_(ledger) {}
  void Pay(int n) {
    heddle::MutexLock lock(mu_);
    ledger_.Add(n);  // note: "called here"
  }
  void Note(int n) {
    heddle::MutexLock lock(mu_);  // note: "'till.mu_' is acquired here while 'ledger.mu_' is held"
    last_ = n;
  }

 private:
  Ledger& ledger_;
  heddle::Mutex mu_;
  int last_ = 0;
};

int main() {
  Ledger ledger;
  Till till(ledger);
  heddle::WaitGroup wg;
  wg.Go([&] { till.Pay(1); });
  wg.Go([&] { ledger.ForEach([&](int n) { till.Note(n); }); });
  wg.Wait();
}
