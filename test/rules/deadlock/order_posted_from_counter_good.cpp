// RUN: %expect %s
// No handler that is called posts to the loop that called it.
#include <heddle/heddle.h>

#include <functional>
#include <map>
#include <string>
#include <utility>

class Kitchen {
 public:
  void Cooks(const std::string& dish, std::function<void()> how) { dishes_[dish] = std::move(how); }
  void Order(std::string dish) { orders_.Send(std::move(dish)); }
  void Work() {
    for (const std::string& dish : orders_) {
      auto known = dishes_.find(dish);
      if (known != dishes_.end()) known->second();
    }
  }
  void Shut() { orders_.Close(); }

 private:
  heddle::Channel<std::string> orders_;
  std::map<std::string, std::function<void()>> dishes_;
};

int main() {
  Kitchen kitchen;
  int boiled = 0;
  kitchen.Cooks("egg", [&boiled] { ++boiled; });
  kitchen.Cooks("breakfast", [&kitchen] { kitchen.Order("egg"); });
  heddle::WaitGroup cook;
  cook.Go([&kitchen] { kitchen.Work(); });
  kitchen.Order("toast");
  kitchen.Order("egg");
  kitchen.Shut();
  cook.Wait();
  return boiled;
}
