// RUN: %expect %s
// What an algorithm of <ranges> calls runs under the locks of who calls it.
#include <algorithm>
#include <mutex>
#include <thread>
#include <vector>

class Depot;

class Tram {
 public:
  bool IsFullyManned(Depot& depot);
  void Lay(int driver) {
    std::lock_guard lock(mu_);
    drivers_.push_back(driver);
  }

 private:
  std::mutex mu_;
  std::vector<int> drivers_;
};

class Depot {
 public:
  bool IsOnDuty(int driver) {
    std::lock_guard lock(mu_);  // want: lock-order "is acquired here while"
    return driver < onDuty_;
  }
  void Relieve(Tram& tram) {
    std::lock_guard lock(mu_);
    tram.Lay(++onDuty_);
  }

 private:
  std::mutex mu_;
  int onDuty_ = 0;
};

bool Tram::IsFullyManned(Depot& depot) {
  std::lock_guard lock(mu_);
  return std::ranges::all_of(drivers_, [&](int driver) { return depot.IsOnDuty(driver); });
}

int main() {
  Depot depot;
  Tram tram;
  bool manned = false;
  std::thread dispatcher([&] { manned = tram.IsFullyManned(depot); });
  std::thread foreman([&] { depot.Relieve(tram); });
  dispatcher.join();
  foreman.join();
  return manned;
}
