// What: A kitchen's cooks range over the orders until it is closed; main closes it while a waiter is still sending orders.
// Run: panic
#include <heddle/heddle.h>

#include <atomic>
#include <cstdio>
#include <functional>
#include <memory>
#include <utility>

class Kitchen {
 public:
  using Order = std::function<void()>;
  virtual ~Kitchen() = default;
  virtual void Cook(Order order) = 0;
  virtual void Close() = 0;  // and wait for what was ordered
};

class Bistro : public Kitchen {
 public:
  Bistro(int cooks, int slips) : orders_(slips) {
    for (int cook = 0; cook < cooks; ++cook) {
      cooks_.Go([this] {
        for (Order& order : orders_) order();
      });
    }
  }

  void Cook(Order order) override {
    orders_.Send(std::move(order));  // bug: send-on-closed
  }

  void Close() override {
    closed_.Do([this] {
      orders_.Close();  // bug: send-on-closed
      cooks_.Wait();
    });
  }

 private:
  heddle::Channel<Order> orders_;
  heddle::WaitGroup cooks_;
  heddle::Once closed_;
};

std::unique_ptr<Kitchen> OpenKitchen() { return std::make_unique<Bistro>(1, 5); }

int main() {
  constexpr int kGuests = 200;
  std::unique_ptr<Kitchen> kitchen = OpenKitchen();
  std::atomic<int> cooked{0};
  heddle::WaitGroup waiter;
  waiter.Go([&] {  // bug: send-on-closed
    for (int guest = 0; guest < kGuests; ++guest) {
      kitchen->Cook([&] { ++cooked; });  // bug: send-on-closed
    }
  });
  kitchen->Close();  // bug: send-on-closed
  waiter.Wait();
  std::printf("%d dishes\n", cooked.load());
}
