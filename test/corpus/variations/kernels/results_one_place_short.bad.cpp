// What: Four quotes are collected after all their tasks are done, from a channel with a place for all but the first; the last task blocks and so does the wait.
// Run: deadlock
#include <heddle/heddle.h>

#include <algorithm>
#include <cstdio>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

class Supplier {
 public:
  explicit Supplier(int price) : price_(price) {}
  virtual ~Supplier() = default;
  virtual int Quote(int pieces) const { return price_ * pieces; }

 protected:
  const int price_;
};

class BulkSupplier : public Supplier {
 public:
  using Supplier::Supplier;
  int Quote(int pieces) const override { return price_ * pieces * 9 / 10; }
};

using Suppliers = std::vector<std::unique_ptr<Supplier>>;

std::vector<int> CollectQuotes(const Suppliers& suppliers, int pieces) {
  heddle::Channel<int> quotes(suppliers.size() - 1);  // bug: deadlock, leaked-task
  heddle::WaitGroup asked;
  auto ask = [&quotes, pieces](const Supplier& supplier) {
    quotes.Send(supplier.Quote(pieces));  // bug: deadlock, leaked-task
  };
  for (auto& supplier : suppliers) {
    asked.Go([&ask, &supplier] { ask(*supplier); });  // bug: leaked-task, deadlock
  }
  asked.Wait();  // bug: deadlock
  quotes.Close();

  std::vector<int> all;
  for (int quote : quotes) all.push_back(quote);
  return all;
}

int main() {
  Suppliers suppliers;
  for (int price = 5; price < 7; ++price) {
    suppliers.push_back(std::make_unique<Supplier>(price));
    suppliers.push_back(std::make_unique<BulkSupplier>(price));
  }
  const std::vector<int> quotes = CollectQuotes(suppliers, 100);
  std::printf("best quote %d\n", *std::min_element(quotes.begin(), quotes.end()));
}
