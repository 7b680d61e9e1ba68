// What: A catalog sorts its books under its shared lock with a comparator that reads the price without a lock.
// Run: clean
#include <heddle/heddle.h>

#include <algorithm>
#include <cstdio>
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

using Compare = std::function<bool(const std::string&, const std::string&)>;

class Catalog {
 public:
  void Reprice(const std::string& title, int cents) {
    heddle::WriterLock lock(mu_);
    prices_[title] = cents;
  }

  int Price(const std::string& title) const {
    heddle::ReaderLock lock(mu_);
    return PriceLocked(title);
  }

  std::vector<std::string> Cheapest(std::size_t count) const {
    heddle::ReaderLock lock(mu_);
    std::vector<std::string> titles;
    for (const auto& [title, cents] : prices_) titles.push_back(title);
    std::sort(titles.begin(), titles.end(), by_price_);
    titles.resize(std::min(count, titles.size()));
    return titles;
  }

 private:
  int PriceLocked(const std::string& title) const {
    auto it = prices_.find(title);
    return it == prices_.end() ? 0 : it->second;
  }

  mutable heddle::RWMutex mu_;
  std::map<std::string, int> prices_;
  Compare by_price_ = [this](const std::string& a, const std::string& b) {
    return PriceLocked(a) < PriceLocked(b);
  };
};

int main() {
  Catalog catalog;
  for (int i = 0; i < 40; ++i) catalog.Reprice("book " + std::to_string(i), 1000 - i * 7);
  heddle::WaitGroup tasks;
  std::vector<std::string> cheapest;
  tasks.Go([&] {
    for (int turn = 0; turn < 100; ++turn) cheapest = catalog.Cheapest(3);
  });
  tasks.Go([&] {
    for (int turn = 0; turn < 500; ++turn) catalog.Reprice("book 1", turn);
  });
  tasks.Wait();
  std::printf("%zu found\n", cheapest.size());
}
