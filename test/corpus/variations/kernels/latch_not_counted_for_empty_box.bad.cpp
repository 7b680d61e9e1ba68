// What: A stocktaking counts a latch down once per box; the thread of an empty box returns before it does so, and the stocktaking waits for ever.
// Run: deadlock
#include <atomic>
#include <cstddef>
#include <cstdio>
#include <latch>
#include <memory>
#include <thread>
#include <utility>
#include <vector>

class Box {
 public:
  virtual ~Box() = default;
  virtual const std::vector<int>& Items() const = 0;
};

class WoodenBox : public Box {
 public:
  explicit WoodenBox(std::vector<int> items) : items_(std::move(items)) {}
  const std::vector<int>& Items() const override { return items_; }

 private:
  std::vector<int> items_;
};

class Stocktaking {
 public:
  void Add(std::vector<int> items) { boxes_.push_back(std::make_unique<WoodenBox>(std::move(items))); }

  int Count() {
    std::latch counted(static_cast<std::ptrdiff_t>(boxes_.size()));  // bug: missing-done, counter-mismatch, deadlock
    std::vector<std::jthread> counters;
    for (const auto& box : boxes_) {
      counters.emplace_back([&] { CountBox(*box, counted); });  // bug: missing-done, deadlock
    }
    counted.wait();  // bug: missing-done, counter-mismatch, deadlock
    return total_;
  }

 private:
  void CountBox(const Box& box, std::latch& counted) {
    if (box.Items().empty()) {
      std::printf("an empty box\n");
      return;  // bug: missing-done, counter-mismatch, deadlock
    }
    for (int item : box.Items()) total_ += item;
    counted.count_down();  // bug: missing-done, counter-mismatch
  }

  std::vector<std::unique_ptr<Box>> boxes_;
  std::atomic<int> total_{0};
};

int main() {
  Stocktaking stocktaking;
  stocktaking.Add({3, 4, 5});
  stocktaking.Add({});
  stocktaking.Add({30});
  std::printf("%d items\n", stocktaking.Count());  // bug: deadlock
}
