// What: A mill ends each of its millers with an empty sack; the second shift that is called when the queue is long is not counted, and some get none.
// Run: deadlock
#include <heddle/heddle.h>

#include <atomic>
#include <cstdio>
#include <optional>
#include <vector>

using Sack = std::optional<int>;

class Mill {
 public:
  explicit Mill(int millers) : millers_(millers) { Employ(millers); }

  void Grind(const std::vector<int>& sacks) {
    if (sacks.size() > kLongQueue) CallSecondShift();
    for (int kilos : sacks) queue_.Send(kilos);
  }

  int Close() {
    for (int miller = 0; miller < millers_; ++miller) queue_.Send(std::nullopt);  // bug: leaked-task, deadlock
    shifts_.Wait();  // bug: deadlock
    return flour_.load();
  }

 private:
  static constexpr std::size_t kLongQueue = 5;

  void CallSecondShift() {
    const int extra = 2;
    Employ(extra);  // bug: leaked-task, deadlock
  }

  void Employ(int millers) {
    for (int i = 0; i < millers; ++i) {
      shifts_.Go([this] { Work(); });  // bug: leaked-task, deadlock
    }
  }

  void Work() {
    for (;;) {
      const Sack sack = *queue_.Recv();  // bug: leaked-task, deadlock
      if (!sack) return;
      flour_ += *sack * 8 / 10;
    }
  }

  int millers_;
  heddle::Channel<Sack> queue_;
  heddle::WaitGroup shifts_;
  std::atomic<int> flour_{0};
};

int main() {
  Mill mill(2);
  mill.Grind({50, 40});
  mill.Grind({20, 20, 30, 30, 50, 50, 10});
  std::printf("%d kg\n", mill.Close());  // bug: deadlock
}
