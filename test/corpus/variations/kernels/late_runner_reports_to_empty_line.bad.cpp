// What: A race office takes times at the finishing line until nobody is on the course; a runner who starts after that runs in to a line that is not manned.
// Run: hang-some
#include <heddle/heddle.h>

#include <algorithm>
#include <cstdio>
#include <functional>
#include <optional>
#include <utility>

class Course {
 public:
  bool Enter() {
    heddle::MutexLock lock(mu_);
    if (started_ == kPlaces) return false;
    ++started_;
    ++running_;
    return true;
  }
  bool Leave() {
    heddle::MutexLock lock(mu_);
    return --running_ > 0;
  }

  static constexpr int kPlaces = 4;

 private:
  heddle::Mutex mu_;
  int started_ = 0;
  int running_ = 0;
};

class RaceOffice {
 public:
  using Pace = std::function<int(int runner)>;
  explicit RaceOffice(Pace pace) : pace_(std::move(pace)) {}

  void Start(int runner) {
    if (!course_.Enter()) return;
    runners_.Go([this, runner] { finish_.Send(pace_(runner)); });  // bug: leaked-task, deadlock
  }

  // Takes times until the course is empty.
  void TakeTimes() {
    do {
      const std::optional<int> time = finish_.Recv();
      best_ = std::max(best_, time.value_or(0));
    } while (course_.Leave());  // bug: leaked-task, deadlock
  }

  int Best() {
    runners_.Wait();  // bug: deadlock
    return best_;
  }

 private:
  Pace pace_;
  Course course_;
  heddle::Channel<int> finish_;  // bug: leaked-task, deadlock
  heddle::WaitGroup runners_;
  int best_ = 0;
};

int main() {
  RaceOffice office([](int runner) { return 100 - runner; });
  heddle::WaitGroup staff;
  office.Start(1);
  staff.Go([&office] { office.TakeTimes(); });
  heddle::Yield();
  for (int runner = 2; runner <= 5; ++runner) {
    office.Start(runner);
    heddle::Yield();
  }
  staff.Wait();
  std::printf("best %d\n", office.Best());
}
