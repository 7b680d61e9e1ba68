// RUN: %expect %s
// What make_unique or new makes from a local is an object of its own.
#include <heddle/heddle.h>

#include <memory>
#include <string>
#include <utility>

struct Order {
  int number;
  std::string text;
};

void Print(const Order& order);

void Unique(int n) {
  Order order{n, "tea"};
  auto copy = std::make_unique<Order>(order);
  heddle::go([copy = std::move(copy)] { Print(*copy); });
}

void Shared(int n) {
  Order order{n, "tea"};
  auto copy = std::make_shared<Order>(order);
  heddle::go([copy] { Print(*copy); });
}

void Moved(int n) {
  Order order{n, "tea"};
  auto copy = std::make_unique<Order>(std::move(order));
  heddle::go([copy = std::move(copy)] { Print(*copy); });
}

void Plain(int n) {
  Order order{n, "tea"};
  auto* copy = new Order(order);
  heddle::go([copy] {
    Print(*copy);
    delete copy;
  });
}
