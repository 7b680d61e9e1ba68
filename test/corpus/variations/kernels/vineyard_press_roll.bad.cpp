// What: A vineyard starts a picker first and enters it in the roll afterwards, and the picker enters its helper from its own task.
// Run: lost-work
#include <heddle/heddle.h>

#include <atomic>
#include <cstdio>

class Harvest {
 public:
  void Begin(int rows) {
    for (int row = 0; row < rows; ++row) {
      heddle::go([this, row] { Pick(row); });  // bug: add-after-spawn, unawaited-task, counter-mismatch, dangling-capture
      Enter();  // bug: add-after-spawn, counter-mismatch
    }
  }

  int End() {
    roll_.Wait();  // bug: add-after-spawn
    return baskets_.load();
  }

 private:
  void Enter() { roll_.Add(1); }  // bug: add-after-spawn, counter-mismatch

  void Pick(int row) {
    HEDDLE_DEFER(Leave());
    ++baskets_;
    Enter();  // bug: add-after-spawn
    heddle::go([this, row] {
      HEDDLE_DEFER(Leave());
      if (row % 2 == 0) ++baskets_;
    });
  }

  void Leave() { roll_.Done(); }  // bug: counter-mismatch, add-after-spawn

  heddle::WaitGroup roll_;
  std::atomic<int> baskets_{0};
};

int main() {
  Harvest harvest;
  harvest.Begin(6);
  std::printf("%d baskets\n", harvest.End());
}
