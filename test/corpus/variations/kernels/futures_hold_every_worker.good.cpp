// What: Bakers are goroutines that wait for their dough on channels, so their workers run the goroutine that makes the dough.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <memory>
#include <vector>

struct Dough {
  int grams = 0;
};

// One order of dough that is filled once.
class Order {
 public:
  void Fill(Dough dough) {
    dough_.Send(dough);
  }

  Dough Await() {
    return dough_.Recv().value_or(Dough{});
  }

 private:
  heddle::Channel<Dough> dough_{1};
};

class Bakery {
 public:
  std::shared_ptr<Order> Place() {
    orders_.push_back(std::make_shared<Order>());
    return orders_.back();
  }

  void Knead() {
    int grams = 400;
    for (const std::shared_ptr<Order>& order : orders_) order->Fill({grams += 50});
  }

 private:
  std::vector<std::shared_ptr<Order>> orders_;  // placed before the first task runs
};

void Bake(Order& order) {
  const Dough dough = order.Await();
  std::printf("%d grams\n", dough.grams);
}

int main() {
  heddle::MaxProcs(2);
  Bakery bakery;
  heddle::WaitGroup day;
  std::vector<std::shared_ptr<Order>> placed;
  for (int baker = 0; baker < 6; ++baker) placed.push_back(bakery.Place());
  for (const std::shared_ptr<Order>& order : placed) {
    day.Go([order] { Bake(*order); });
  }
  day.Go([&bakery] { bakery.Knead(); });
  day.Wait();
}
