// What: Diners around a table take the fork with the lower number first.
// Run: clean
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
    const int right = (seat + 1) % seats();
    Fork& first = *forks_[std::min(seat, right)];
    Fork& second = *forks_[std::max(seat, right)];
    heddle::MutexLock left(first.mu);
    heddle::Yield();
    heddle::MutexLock right_hand(second.mu);
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
      for (int bite = 0; bite < 2000; ++bite) table.Eat(seat);
    });
  }
  diners.Wait();
  std::printf("%d\n", table.used());
}
