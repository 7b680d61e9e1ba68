// What: A bakery heats its oven in a task and waits for the oven's word that it is hot before the first bread goes in.
// Run: clean
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
    hot_.Close();
  }

  void AwaitHot() { hot_.Recv(); }

  bool Bake() const { return degrees_.load() >= kHot; }

 private:
  static constexpr int kHot = 200;
  heddle::Channel<heddle::Unit> hot_;
  std::atomic<int> degrees_{20};
};

class Bakery {
 public:
  Bakery() : oven_(std::make_shared<Oven>()) {}

  void Open() {
    heddle::go([oven = oven_] { oven->Heat(); });
    oven_->AwaitHot();
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
  bakery.Open();
  std::printf("%d breads\n", bakery.BakeAll(12));
}
