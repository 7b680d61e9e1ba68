// What: A cellar has one condition for those who wait for a bottle and those who wait for room; both wait in a loop, and every change wakes all.
// Run: clean
#include <heddle/heddle.h>

#include <cstddef>
#include <cstdio>
#include <optional>
#include <vector>

class Cellar {
 public:
  explicit Cellar(std::size_t room) : room_(room) {}

  void Put(int bottle) {
    mu_.Lock();
    HEDDLE_DEFER(mu_.Unlock());
    while (bottles_.size() == room_) changed_.Wait();
    bottles_.push_back(bottle);
    changed_.Broadcast();
  }

  // Empty when the cellar is closed and nothing is left.
  std::optional<int> Take() {
    heddle::MutexLock lock(mu_);
    changed_.Wait([this] { return closed_ || !bottles_.empty(); });
    if (bottles_.empty()) return std::nullopt;
    const int bottle = bottles_.back();
    bottles_.pop_back();
    changed_.Broadcast();
    return bottle;
  }

  void Close() {
    {
      heddle::MutexLock lock(mu_);
      closed_ = true;
    }
    changed_.Broadcast();
  }

 private:
  const std::size_t room_;
  heddle::Mutex mu_;
  heddle::Cond changed_{mu_};
  std::vector<int> bottles_;
  bool closed_ = false;
};

int main() {
  Cellar cellar(2);
  heddle::WaitGroup guests;
  heddle::WaitGroup growers;
  heddle::Channel<int> drunk(3);
  for (int guest = 0; guest < 3; ++guest) {
    guests.Go([&cellar, drunk] {
      int bottles = 0;
      while (cellar.Take()) ++bottles;
      drunk.Send(bottles);
    });
  }
  for (int grower = 0; grower < 2; ++grower) {
    growers.Go([&cellar] {
      for (int bottle = 0; bottle < 20; ++bottle) cellar.Put(bottle);
    });
  }
  growers.Wait();
  cellar.Close();
  guests.Wait();
  drunk.Close();
  int total = 0;
  for (int bottles : drunk) total += bottles;
  std::printf("%d bottles\n", total);
}
