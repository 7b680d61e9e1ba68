// What: Water is let from one lock chamber to another in both directions; the second chamber's mutex is only tried, and the first let go when that fails.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <vector>

struct Chamber {
  heddle::Mutex mu;
  int litres = 0;
};

class Canal {
 public:
  explicit Canal(int chambers) : chambers_(chambers) {
    for (Chamber& chamber : chambers_) chamber.litres = 100;
  }

  void Transfer(int from, int to, int litres) {
    while (!TryTransfer(chambers_[from], chambers_[to], litres)) heddle::Yield();
  }

  // The level, unless somebody is at work in the chamber.
  int Peek(int chamber) {
    if (!chambers_[chamber].mu.TryLock()) return -1;
    const int litres = chambers_[chamber].litres;
    chambers_[chamber].mu.Unlock();
    return litres;
  }

  int Total() {
    int total = 0;
    for (Chamber& chamber : chambers_) {
      heddle::MutexLock lock(chamber.mu);
      total += chamber.litres;
    }
    return total;
  }

 private:
  static bool TryTransfer(Chamber& from, Chamber& to, int litres) {
    from.mu.Lock();
    if (!to.mu.TryLock()) {
      from.mu.Unlock();
      return false;
    }
    from.litres -= litres;
    to.litres += litres;
    to.mu.Unlock();
    from.mu.Unlock();
    return true;
  }

  std::vector<Chamber> chambers_;
};

int main() {
  Canal canal(2);
  heddle::WaitGroup keepers;
  keepers.Go([&] {
    for (int i = 0; i < 500; ++i) canal.Transfer(0, 1, 3);
  });
  keepers.Go([&] {
    for (int i = 0; i < 500; ++i) canal.Transfer(1, 0, 2);
  });
  int looks = 0;
  for (int i = 0; i < 50; ++i) looks += canal.Peek(i % 2) != -1 ? 1 : 0;
  keepers.Wait();
  std::printf("%d litres, looked: %s\n", canal.Total(), looks >= 0 ? "yes" : "no");
}
