// What: A stocktaking counts a latch down once per box, on every way out of the box's thread.
// Run: clean
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

struct CountDown {
  std::latch& latch;
  ~CountDown() { latch.count_down(); }
};

class Stocktaking {
 public:
  void Add(std::vector<int> items) { boxes_.push_back(std::make_unique<WoodenBox>(std::move(items))); }

  int Count() {
    std::latch counted(static_cast<std::ptrdiff_t>(boxes_.size()));
    std::vector<std::jthread> counters;
    for (const auto& box : boxes_) {
      counters.emplace_back([&] { CountBox(*box, counted); });
    }
    counted.wait();
    return total_;
  }

 private:
  void CountBox(const Box& box, std::latch& counted) {
    CountDown at_exit{counted};
    if (box.Items().empty()) {
      std::printf("an empty box\n");
      return;
    }
    for (int item : box.Items()) total_ += item;
  }

  std::vector<std::unique_ptr<Box>> boxes_;
  std::atomic<int> total_{0};
};

int main() {
  Stocktaking stocktaking;
  stocktaking.Add({3, 4, 5});
  stocktaking.Add({});
  stocktaking.Add({30});
  std::printf("%d items\n", stocktaking.Count());
}
