// What: A wallet takes money under its lock; when there is too little its overdraft policy asks for the balance, which takes the same lock.
// Run: deadlock
#include <heddle/heddle.h>

#include <cstdio>
#include <memory>
#include <optional>
#include <utility>

class Wallet;

class OverdraftPolicy {
 public:
  virtual ~OverdraftPolicy() = default;
  virtual bool Allow(const Wallet& wallet, int wanted) const = 0;
};

class Wallet {
 public:
  explicit Wallet(std::unique_ptr<OverdraftPolicy> policy) : policy_(std::move(policy)) {}

  void Put(int amount) {
    heddle::MutexLock lock(mu_);
    balance_ += amount;
  }

  bool Take(int amount) {
    heddle::MutexLock lock(mu_);  // bug: double-lock, deadlock, callback-under-lock
    if (balance_ >= amount) {
      balance_ -= amount;
      return true;
    }
    return policy_->Allow(*this, amount);  // bug: double-lock, deadlock, callback-under-lock
  }

  int balance() const {
    heddle::MutexLock lock(mu_);  // bug: double-lock, deadlock
    return balance_;
  }

 private:
  std::unique_ptr<OverdraftPolicy> policy_;
  mutable heddle::Mutex mu_;
  int balance_ = 0;
};

class SmallOverdraft : public OverdraftPolicy {
 public:
  explicit SmallOverdraft(int limit) : limit_(limit) {}
  bool Allow(const Wallet& wallet, int wanted) const override {
    return Missing(wallet, wanted) <= limit_;
  }

 private:
  static int Missing(const Wallet& wallet, int wanted) {
    return wanted - wallet.balance();  // bug: double-lock, deadlock
  }
  const int limit_;
};

int main() {
  Wallet wallet(std::make_unique<SmallOverdraft>(10));
  wallet.Put(100);
  heddle::WaitGroup shops;
  for (int shop = 0; shop < 3; ++shop) {
    shops.Go([&wallet, shop] { std::printf("shop %d: %d\n", shop, wallet.Take(40)); });
  }
  shops.Wait();  // bug: deadlock
}
