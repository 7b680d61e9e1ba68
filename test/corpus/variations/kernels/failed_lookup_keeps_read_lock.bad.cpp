// What: A price board reads under its shared lock and returns early, with the lock held, when it does not know the article; the next update waits for ever.
// Run: deadlock
#include <heddle/heddle.h>

#include <cstdio>
#include <map>
#include <memory>
#include <optional>
#include <string>

class PriceSource {
 public:
  virtual ~PriceSource() = default;
  virtual std::optional<int> Price(const std::string& article) = 0;
};

class PriceBoard : public PriceSource {
 public:
  std::optional<int> Price(const std::string& article) override {
    mu_.RLock();  // bug: missing-unlock, deadlock
    auto it = prices_.find(article);
    if (it == prices_.end()) return std::nullopt;  // bug: missing-unlock
    const int price = it->second;
    mu_.RUnlock();
    return price;
  }

  void Update(const std::string& article, int price) {
    heddle::WriterLock lock(mu_);  // bug: deadlock
    prices_[article] = price;
  }

 private:
  heddle::RWMutex mu_;
  std::map<std::string, int> prices_;
};

void Quote(PriceSource& source, const std::string& article) {
  if (std::optional<int> price = source.Price(article)) {
    std::printf("%s costs %d\n", article.c_str(), *price);
  } else {
    std::printf("%s is unknown\n", article.c_str());
  }
}

int main() {
  auto board = std::make_shared<PriceBoard>();
  board->Update("nails", 3);
  heddle::WaitGroup shop;
  shop.Go([board] {
    Quote(*board, "nails");
    Quote(*board, "screws");
    board->Update("screws", 4);
    Quote(*board, "screws");
  });
  shop.Wait();  // bug: deadlock
}
