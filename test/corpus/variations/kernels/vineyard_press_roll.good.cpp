// What: A vineyard enters every picker and its helper in the roll before they are started.
// Run: clean
#include <heddle/heddle.h>

#include <atomic>
#include <cstdio>

class Harvest {
 public:
  void Begin(int rows) {
    for (int row = 0; row < rows; ++row) {
      roll_.Add(2);
      heddle::go([this, row] { Pick(row); });
    }
  }

  int End() {
    roll_.Wait();
    return baskets_.load();
  }

 private:
  void Pick(int row) {
    HEDDLE_DEFER(Leave());
    ++baskets_;
    heddle::go([this, row] {
      HEDDLE_DEFER(Leave());
      if (row % 2 == 0) ++baskets_;
    });
  }

  void Leave() { roll_.Done(); }

  heddle::WaitGroup roll_;
  std::atomic<int> baskets_{0};
};

int main() {
  Harvest harvest;
  harvest.Begin(6);
  std::printf("%d baskets\n", harvest.End());
}
