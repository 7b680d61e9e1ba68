// What: Transfers go both ways between the same accounts; both locks are taken at once by scoped_lock, which backs off.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

class Account {
 public:
  explicit Account(int cents) : cents_(cents) {}

  static bool Transfer(Account& from, Account& to, int cents) {
    if (&from == &to) return true;
    std::scoped_lock both(from.mu_, to.mu_);
    if (from.cents_ < cents) return false;
    from.cents_ -= cents;
    to.cents_ += cents;
    return true;
  }

  int cents() const {
    std::scoped_lock lock(mu_);
    return cents_;
  }

 private:
  mutable heddle::Mutex mu_;
  int cents_;
};

class Bank {
 public:
  explicit Bank(int accounts) {
    for (int id = 0; id < accounts; ++id) accounts_.push_back(std::make_unique<Account>(1000));
  }

  int Shuffle(int seed, int turns) {
    int refused = 0;
    for (int turn = 0; turn < turns; ++turn) {
      Account& from = *accounts_[(seed + turn) % accounts_.size()];
      Account& to = *accounts_[(seed * 3 + turn * 5 + 1) % accounts_.size()];
      refused += !Account::Transfer(from, to, 10 + turn % 90);
    }
    return refused;
  }

  int Total() const {
    int sum = 0;
    for (const auto& account : accounts_) sum += account->cents();
    return sum;
  }

 private:
  std::vector<std::unique_ptr<Account>> accounts_;
};

int main() {
  Bank bank(4);
  heddle::Channel<int> refused(3);
  for (int seed = 0; seed < 3; ++seed) {
    heddle::go([&bank, seed, refused] { refused.Send(bank.Shuffle(seed, 300)); });
  }
  for (int i = 0; i < 3; ++i) refused.Recv();
  std::printf("%d cents\n", bank.Total());
}
