// What: Orders take their number from an atomic static local of a function that several tasks call.
// Run: clean
#include <heddle/heddle.h>

#include <atomic>
#include <cstdio>
#include <vector>

struct Order {
  int number;
  int table;
};

int NextNumber() {
  static std::atomic<int> last{0};
  return ++last;
}

class Waiter {
 public:
  explicit Waiter(int table) : table_(table) {}
  void TakeOrders() {
    for (int i = 0; i < 1000; ++i) orders_.push_back({NextNumber(), table_});
  }
  int last() const { return orders_.back().number; }

 private:
  int table_;
  std::vector<Order> orders_;
};

int main() {
  Waiter first(1);
  Waiter second(2);
  heddle::WaitGroup shift;
  shift.Go(&Waiter::TakeOrders, &first);
  shift.Go(&Waiter::TakeOrders, &second);
  shift.Wait();
  std::printf("%d %d\n", first.last(), second.last());
}
