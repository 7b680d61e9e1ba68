// What: A warehouse moves goods from one shelf to another under the locks of both and has nothing to do for the same shelf.
// Run: clean
#include <heddle/heddle.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <functional>
#include <optional>

class Shelf {
 public:
  // Runs `work` with the shelf locked.
  template <class F>
  auto With(F work) {
    mu_.Lock();
    HEDDLE_DEFER(mu_.Unlock());
    return work(goods_);
  }

 private:
  heddle::Mutex mu_;
  int goods_ = 10;
};

class Warehouse {
 public:
  // The fullest shelf gives `pieces` to the shelf `to`.
  bool Rebalance(std::size_t to, int pieces) {
    const std::optional<std::size_t> from = Fullest();
    if (!from) return false;
    if (*from == to) return true;
    const std::size_t low = std::min(*from, to);
    const std::size_t high = std::max(*from, to);
    return shelves_[low].With([&](int& low_goods) {
      return shelves_[high].With([&](int& high_goods) {
        int& source = *from == low ? low_goods : high_goods;
        int& target = *from == low ? high_goods : low_goods;
        if (source < pieces) return false;
        source -= pieces;
        target += pieces;
        return true;
      });
    });
  }

 private:
  std::optional<std::size_t> Fullest() {
    std::optional<std::size_t> fullest;
    int most = 0;
    for (std::size_t i = 0; i < shelves_.size(); ++i) {
      const int goods = shelves_[i].With([](int& here) { return here; });
      if (goods > most) {
        most = goods;
        fullest = i;
      }
    }
    return fullest;
  }

  std::array<Shelf, 3> shelves_;
};

int main() {
  Warehouse warehouse;
  heddle::WaitGroup trucks;
  trucks.Go([&warehouse] {
    for (std::size_t shelf = 0; shelf < 3; ++shelf) {
      std::printf("%s\n", warehouse.Rebalance(shelf, 2) ? "moved" : "stuck");
    }
  });
  trucks.Wait();
}
