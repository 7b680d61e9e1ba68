// What: Diners around a table take the fork on their left and then the one on their right; when all hold the left one nobody gets the right.
// Run: hang-some
#include <heddle/heddle.h>

#include <algorithm>
#include <cstdio>
#include <memory>
#include <string>
#include <utility>
#include <vector>

struct Fork {
  heddle::Mutex mu;
  int used = 0;
};

class Table {
 public:
  explicit Table(int seats) {
    for (int seat = 0; seat < seats; ++seat) forks_.push_back(std::make_unique<Fork>());
  }

  int seats() const { return static_cast<int>(forks_.size()); }

  void Eat(int seat) {
    Fork& first = *forks_[seat];
    Fork& second = *forks_[(seat + 1) % forks_.size()];
    heddle::MutexLock left(first.mu);  // bug: lock-order, deadlock
    heddle::Yield();
    heddle::MutexLock right_hand(second.mu);  // bug: lock-order, deadlock
    ++first.used;
    ++second.used;
  }

  int used() const {
    int sum = 0;
    for (const auto& fork : forks_) sum += fork->used;
    return sum;
  }

 private:
  std::vector<std::unique_ptr<Fork>> forks_;
};

int main() {
  Table table(3);
  heddle::WaitGroup diners;
  for (int seat = 0; seat < table.seats(); ++seat) {
    diners.Go([&table, seat] {
      for (int bite = 0; bite < 2000; ++bite) table.Eat(seat);  // bug: lock-order, deadlock
    });
  }
  diners.Wait();
  std::printf("%d\n", table.used());
}
