// Withdraw holds the lock and calls Balance, which takes it again. The lock is
// not recursive: the task waits for itself for ever.
#include <heddle/heddle.h>

#include <cstdio>

class Account {
 public:
  int Balance() {
    heddle::MutexLock lock(mu_);
    return balance_;
  }

  bool Withdraw(int amount) {
    heddle::MutexLock lock(mu_);
    if (Balance() < amount) return false;
    balance_ -= amount;
    return true;
  }

 private:
  heddle::Mutex mu_;
  int balance_ = 100;
};

int main() {
  Account account;
  std::printf("%s\n", account.Withdraw(30) ? "paid" : "too poor");
}
