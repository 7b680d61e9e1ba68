// What: Orders take their number from a static local of a function that several tasks call.
// Run: race
#include <heddle/heddle.h>

#include <atomic>
#include <cstdio>
#include <vector>

struct Order {
  int number;
  int table;
};

int NextNumber() {
  static int last = 0;  // bug: unguarded-global
  return ++last;  // bug: unguarded-global
}

class Waiter {
 public:
  explicit Waiter(int table) : table_(table) {}
  void TakeOrders() {
    for (int i = 0; i < 1000; ++i) orders_.push_back({NextNumber(), table_});  // bug: unguarded-global
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
  shift.Go(&Waiter::TakeOrders, &first);   // bug: unguarded-global
  shift.Go(&Waiter::TakeOrders, &second);  // bug: unguarded-global
  shift.Wait();
  std::printf("%d %d\n", first.last(), second.last());
}
