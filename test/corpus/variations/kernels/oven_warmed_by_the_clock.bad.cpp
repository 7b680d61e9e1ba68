// What: A bakery heats its oven in a task and gives it a fixed time to become hot before the first bread goes in.
// Run: lost-work
#include <heddle/heddle.h>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <memory>

using namespace std::chrono_literals;

class Oven {
 public:
  void Heat() {
    while (degrees_.load() < kHot) {
      degrees_ += 20;
      heddle::Yield();
    }
  }

  void AwaitHot() {
    heddle::Sleep(kWarmUp);  // bug: sleep-as-sync
  }

  bool Bake() const { return degrees_.load() >= kHot; }

 private:
  static constexpr int kHot = 200;
  static constexpr auto kWarmUp = 5ms;
  std::atomic<int> degrees_{20};
};

class Bakery {
 public:
  Bakery() : oven_(std::make_shared<Oven>()) {}

  void Open() {
    heddle::go([oven = oven_] { oven->Heat(); });  // bug: sleep-as-sync, unawaited-task
    oven_->AwaitHot();  // bug: sleep-as-sync
  }

  int BakeAll(int breads) {
    int baked = 0;
    for (int bread = 0; bread < breads; ++bread) baked += oven_->Bake();
    return baked;
  }

 private:
  std::shared_ptr<Oven> oven_;
};

int main() {
  Bakery bakery;
  bakery.Open();  // bug: sleep-as-sync
  std::printf("%d breads\n", bakery.BakeAll(12));
}
