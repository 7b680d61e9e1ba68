// RUN: %expect %s
// Whoever is the last to end closes, and each is counted however it ends.
#include <heddle/heddle.h>

#include <atomic>

class Pass {
 public:
  explicit Pass(int walkers) : walking_(walkers) {}

  void Walk(int stride) {
    HEDDLE_DEFER(End());
    int days = 0;
    for (int height = 1100; height < 4800; height += stride)
      if (++days > 9) return;
    summit_.Send(days);
  }
  int Count() {
    int arrived = 0;
    for (int days : summit_)
      arrived += days > 0;
    return arrived;
  }

 private:
  void End() {
    if (walking_.fetch_sub(1) == 1) summit_.Close();
  }

  std::atomic<int> walking_;
  heddle::Channel<int> summit_;
};

int main() {
  Pass pass(3);
  heddle::WaitGroup walkers;
  for (int stride : {900, 300, 700})
    walkers.Go([&pass, stride] { pass.Walk(stride); });
  const int arrived = pass.Count();
  walkers.Wait();
  return arrived;
}
