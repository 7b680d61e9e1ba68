// What: A parking gate is opened by a flag and a signal; a car that comes after the signal sees the flag.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <functional>
#include <utility>

class Gate {
 public:
  void Open() {
    heddle::MutexLock lock(mu_);
    open_ = true;
    opened_.Broadcast();
  }

  void Pass() {
    heddle::MutexLock lock(mu_);
    while (!open_) opened_.Wait();
    ++passed_;
  }

  int passed() {
    heddle::MutexLock lock(mu_);
    return passed_;
  }

 private:
  heddle::Mutex mu_;
  heddle::Cond opened_{mu_};
  bool open_ = false;
  int passed_ = 0;
};

class CarPark {
 public:
  explicit CarPark(std::function<bool(int)> has_ticket) : has_ticket_(std::move(has_ticket)) {}

  void Arrive(int car) {
    cars_.Go([this, car] {
      if (!has_ticket_(car)) return;
      gate_.Pass();
    });
  }

  void OpenForToday() { gate_.Open(); }

  int Close() {
    cars_.Wait();
    return gate_.passed();
  }

 private:
  std::function<bool(int)> has_ticket_;
  Gate gate_;
  heddle::WaitGroup cars_;
};

int main() {
  CarPark park([](int car) { return car % 3 != 0; });
  for (int car = 1; car <= 6; ++car) park.Arrive(car);
  park.OpenForToday();
  std::printf("%d cars\n", park.Close());
}
