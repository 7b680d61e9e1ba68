// What: Towing a plane out locks hangar and plane; to let others pass it drops both locks and takes both again in order.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <mutex>
#include <unordered_map>

struct Plane {
  heddle::Mutex mu;
  int tows = 0;
};

class Hangar {
 public:
  explicit Hangar(int planes) {
    for (int tail = 0; tail < planes; ++tail) planes_[tail];
  }

  void Tow(int tail) {
    std::unique_lock hangar(mu_);
    Plane& plane = planes_.at(tail);
    std::unique_lock held(plane.mu);
    while (!RunwayFree()) {
      held.unlock();
      LetPass(hangar);
      held.lock();
    }
    ++plane.tows;
    ++towed_;
  }

  int towed() {
    std::scoped_lock lock(mu_);
    return towed_;
  }

 private:
  bool RunwayFree() { return ++looks_ % 4 == 0; }

  static void LetPass(std::unique_lock<heddle::Mutex>& lock) {
    lock.unlock();
    heddle::Yield();
    lock.lock();
  }

  heddle::Mutex mu_;
  std::unordered_map<int, Plane> planes_;
  int looks_ = 0;
  int towed_ = 0;
};

int main() {
  Hangar hangar(2);
  heddle::WaitGroup tractors;
  for (int tractor = 0; tractor < 3; ++tractor) {
    tractors.Go([&hangar, tractor] {
      for (int turn = 0; turn < 50; ++turn) hangar.Tow((tractor + turn) % 2);
    });
  }
  tractors.Wait();
  std::printf("%d towed\n", hangar.towed());
}
