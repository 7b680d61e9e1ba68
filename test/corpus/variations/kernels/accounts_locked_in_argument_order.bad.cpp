// What: A transfer locks the account it takes from and then the one it gives to; two transfers in opposite directions wait for each other.
// Run: hang-some
#include <heddle/heddle.h>

#include <cstdio>
#include <memory>
#include <utility>
#include <vector>

class Account {
 public:
  Account(int number, long balance) : number_(number), balance_(balance) {}
  int number() const { return number_; }

  heddle::Mutex& mutex() { return mu_; }
  bool Withdraw(long amount) {
    if (balance_ < amount) return false;
    balance_ -= amount;
    return true;
  }
  void Deposit(long amount) { balance_ += amount; }
  long balance() const { return balance_; }

 private:
  const int number_;
  heddle::Mutex mu_;
  long balance_;
};

class Bank {
 public:
  void Open(long balance) {
    accounts_.push_back(std::make_unique<Account>(static_cast<int>(accounts_.size()), balance));
  }

  bool Transfer(std::size_t from, std::size_t to, long amount) {
    if (from == to) return true;
    return Move(*accounts_.at(from), *accounts_.at(to), amount);
  }

  long Total() const {
    long total = 0;
    for (auto& account : accounts_) {
      heddle::MutexLock lock(account->mutex());
      total += account->balance();
    }
    return total;
  }

 private:
  static bool Move(Account& from, Account& to, long amount) {
    heddle::MutexLock first(from.mutex());  // bug: lock-order, deadlock
    heddle::MutexLock second(to.mutex());  // bug: lock-order, deadlock
    if (!from.Withdraw(amount)) return false;
    to.Deposit(amount);
    return true;
  }

  std::vector<std::unique_ptr<Account>> accounts_;
};

int main() {
  Bank bank;
  bank.Open(1000);
  bank.Open(1000);
  heddle::WaitGroup clients;
  clients.Go([&bank] {
    for (int i = 0; i < 20'000; ++i) bank.Transfer(0, 1, 1);
  });
  clients.Go([&bank] {
    for (int i = 0; i < 20'000; ++i) bank.Transfer(1, 0, 2);
  });
  clients.Wait();
  std::printf("total %ld\n", bank.Total());
}
