// What: A transfer locks both accounts in one step, which never waits with one of them held.
// Run: clean
#include <cstdio>
#include <mutex>
#include <thread>

class Account {
 public:
  explicit Account(long cents) : cents_(cents) {}

  static bool Transfer(Account& from, Account& to, long cents) {
    std::scoped_lock lock(from.mutex_, to.mutex_);
    if (from.cents_ < cents) return false;
    from.cents_ -= cents;
    to.cents_ += cents;
    return true;
  }

  long cents() {
    std::lock_guard<std::mutex> lock(mutex_);
    return cents_;
  }

 private:
  std::mutex mutex_;
  long cents_;
};

int main() {
  Account savings(100'000);
  Account current(100'000);
  std::thread standing_order([&] {
    for (int month = 0; month < 5000; ++month) Account::Transfer(current, savings, 10);
  });
  std::thread card([&] {
    for (int payment = 0; payment < 5000; ++payment) Account::Transfer(savings, current, 7);
  });
  standing_order.join();
  card.join();
  std::printf("%ld\n", savings.cents() + current.cents());
}
