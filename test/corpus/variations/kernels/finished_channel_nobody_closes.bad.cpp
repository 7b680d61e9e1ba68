// What: A kitchen follows its order feed until that is closed and is to say so on a channel; the follower closes it only when there are no cooks, and the opener waits for ever.
// Run: deadlock
#include <heddle/heddle.h>

#include <cstdio>
#include <memory>
#include <string>
#include <utility>
#include <vector>

struct Order {
  std::string dish;
  int table;
};

class OrderFeed {
 public:
  virtual ~OrderFeed() = default;
  virtual heddle::RecvChannel<Order> Orders() const = 0;
};

class PaperFeed : public OrderFeed {
 public:
  heddle::RecvChannel<Order> Orders() const override { return orders_; }
  void Place(Order order) { orders_.Send(std::move(order)); }
  void End() { orders_.Close(); }

 private:
  heddle::Channel<Order> orders_;
};

class Cook {
 public:
  virtual ~Cook() = default;
  virtual void Prepare(const Order& order) = 0;
};

class LoudCook : public Cook {
 public:
  void Prepare(const Order& order) override {
    std::printf("%s for table %d\n", order.dish.c_str(), order.table);
  }
};

class Kitchen {
 public:
  Kitchen(OrderFeed& feed, std::vector<std::unique_ptr<Cook>> cooks)
      : feed_(feed), cooks_(std::move(cooks)) {}

  // Opens the kitchen; what is returned is closed when it has served everything.
  heddle::RecvChannel<heddle::Unit> Open() {
    heddle::Channel<heddle::Unit> served;
    heddle::go([this, served] {  // bug: deadlock, leaked-task
      HEDDLE_DEFER(served.Close());
      if (heddle::RecvChannel<Order> orders = feed_.Orders()) {
        heddle::Channel<heddle::Unit> finished;
        heddle::go([this, orders, finished] { Follow(orders, finished); });  // bug: deadlock, leaked-task
        finished.Recv();  // bug: deadlock, leaked-task
      }
    });
    return served;
  }

 private:
  void Follow(const heddle::RecvChannel<Order>& orders,
              const heddle::SendChannel<heddle::Unit>& finished) {
    if (cooks_.empty()) {
      finished.Close();
      return;
    }
    std::size_t turn = 0;
    for (const Order& order : orders) {
      cooks_[turn++ % cooks_.size()]->Prepare(order);
    }
  }  // bug: deadlock, leaked-task

  OrderFeed& feed_;
  std::vector<std::unique_ptr<Cook>> cooks_;
};

int main() {
  PaperFeed feed;
  std::vector<std::unique_ptr<Cook>> cooks;
  cooks.push_back(std::make_unique<LoudCook>());
  Kitchen kitchen(feed, std::move(cooks));
  heddle::RecvChannel<heddle::Unit> served = kitchen.Open();
  feed.Place({"soup", 4});
  feed.Place({"bread", 2});
  feed.End();
  served.Recv();  // bug: deadlock
}
