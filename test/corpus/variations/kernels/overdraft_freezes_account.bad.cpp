// What: A withdrawal that fails throws under the account's lock, and the handler in the same scope freezes the account, which locks it again.
// Run: deadlock
#include <heddle/heddle.h>

#include <cstdio>
#include <mutex>
#include <stdexcept>

class Account {
 public:
  explicit Account(long cents) : cents_(cents) {}

  bool Withdraw(long cents) {
    std::unique_lock<heddle::Mutex> lock(mu_);  // bug: double-lock, deadlock
    try {
      Take(cents);
      return true;
    } catch (const std::underflow_error& error) {
      std::printf("%s\n", error.what());
      Freeze();  // bug: double-lock, deadlock
      return false;
    }
  }

  bool IsFrozen() {
    std::lock_guard<heddle::Mutex> lock(mu_);
    return frozen_;
  }

 private:
  void Take(long cents) {
    if (frozen_ || cents > cents_) throw std::underflow_error("not enough on the account");
    cents_ -= cents;
  }

  void Freeze() {
    std::lock_guard<heddle::Mutex> lock(mu_);  // bug: double-lock, deadlock
    frozen_ = true;
  }

  heddle::Mutex mu_;
  long cents_;
  bool frozen_ = false;
};

int main() {
  Account account(10'000);
  heddle::WaitGroup tills;
  for (int till = 0; till < 3; ++till) {
    tills.Go([&account] { account.Withdraw(4'000); });
  }
  tills.Wait();
  std::printf("frozen: %d\n", account.IsFrozen() ? 1 : 0);
}
