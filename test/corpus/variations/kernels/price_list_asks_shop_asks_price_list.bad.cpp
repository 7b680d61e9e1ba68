// What: A shop sells with its mutex held and asks its price list, which has its own; changing a price holds the list's mutex and asks the shop what is in stock.
// Run: hang-some
#include <cstdio>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <utility>

class PriceList {
 public:
  using Observer = std::function<void(const std::string& ware, int price)>;

  void OnChange(Observer observer) { observer_ = std::move(observer); }

  int PriceOf(const std::string& ware) {
    std::lock_guard<std::mutex> lock(mu_);  // bug: lock-order, deadlock
    return prices_[ware];
  }

  void Change(const std::string& ware, int price) {
    std::lock_guard<std::mutex> lock(mu_);  // bug: lock-order, deadlock
    prices_[ware] = price;
    if (observer_) observer_(ware, price);  // bug: lock-order, deadlock
  }

 private:
  Observer observer_;
  std::mutex mu_;
  std::map<std::string, int> prices_;
};

class Shop {
 public:
  explicit Shop(PriceList& prices) : prices_(prices) {
    prices_.OnChange([this](const std::string& ware, int price) { Revalue(ware, price); });  // bug: lock-order, deadlock
  }

  void Stock(const std::string& ware, int count) {
    std::lock_guard<std::mutex> lock(mu_);
    stock_[ware] += count;
  }

  void Sell(const std::string& ware) {
    std::lock_guard<std::mutex> lock(mu_);  // bug: lock-order, deadlock
    int& count = stock_[ware];
    if (count == 0) return;
    --count;
    till_ += prices_.PriceOf(ware);  // bug: lock-order, deadlock
  }

  int till() {
    std::lock_guard<std::mutex> lock(mu_);
    return till_;
  }

 private:
  void Revalue(const std::string& ware, int price) {
    std::lock_guard<std::mutex> lock(mu_);  // bug: lock-order, deadlock
    value_[ware] = stock_[ware] * price;
  }

  PriceList& prices_;
  std::mutex mu_;
  std::map<std::string, int> stock_;
  std::map<std::string, int> value_;
  int till_ = 0;
};

int main() {
  PriceList prices;
  Shop shop(prices);
  prices.Change("rope", 4);
  shop.Stock("rope", 300000);
  std::thread seller([&] {
    for (int i = 0; i < 300000; ++i) shop.Sell("rope");
  });
  std::thread owner([&] {
    for (int i = 0; i < 300000; ++i) prices.Change("rope", 4);
  });
  seller.join();
  owner.join();
  std::printf("%d in the till\n", shop.till());
}
