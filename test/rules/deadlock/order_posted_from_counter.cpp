// RUN: %expect %s
// The loop's variable is a reference to what was received, so that the handler
// that is looked up by it is known.
#include <heddle/heddle.h>

#include <functional>
#include <map>
#include <string>
#include <utility>

class Kitchen {
 public:
  void Cooks(const std::string& dish, std::function<void()> how) { dishes_[dish] = std::move(how); }
  void Order(std::string dish) {
    orders_.Send(std::move(dish));  // want: deadlock "'main' can wait for ever sending on 'orders_'" want: leaked-task "can block for ever sending on 'orders_'"
  }
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
  kitchen.Order("breakfast");
  kitchen.Order("egg");
  kitchen.Shut();
  cook.Wait();
  return boiled;
}
