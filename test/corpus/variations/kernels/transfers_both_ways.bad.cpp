// What: A transfer locks the giving account and then the taking one, so two transfers in opposite directions wait for each other.
// Run: hang-some
#include <cstdio>
#include <mutex>
#include <thread>

class Account {
 public:
  explicit Account(long cents) : cents_(cents) {}

  static bool Transfer(Account& from, Account& to, long cents) {
    std::lock_guard<std::mutex> from_lock(from.mutex_);  // bug: lock-order, deadlock
    std::lock_guard<std::mutex> to_lock(to.mutex_);      // bug: lock-order, deadlock
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
    for (int month = 0; month < 5000; ++month) Account::Transfer(current, savings, 10);  // bug: lock-order, deadlock
  });
  std::thread card([&] {
    for (int payment = 0; payment < 5000; ++payment) Account::Transfer(savings, current, 7);  // bug: lock-order, deadlock
  });
  standing_order.join();
  card.join();
  std::printf("%ld\n", savings.cents() + current.cents());
}
