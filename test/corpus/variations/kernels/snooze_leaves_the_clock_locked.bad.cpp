// What: An alarm clock's timer callback locks the clock by hand; when the alarm was switched off meanwhile it returns with the clock locked.
// Run: hang-some
#include <heddle/heddle.h>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <functional>
#include <map>
#include <memory>
#include <utility>

using namespace std::chrono_literals;

class AlarmClock : public std::enable_shared_from_this<AlarmClock> {
 public:
  using Ring = std::function<void(int)>;
  explicit AlarmClock(Ring ring) : ring_(std::move(ring)) {}

  int Set(std::chrono::microseconds in) {
    heddle::MutexLock lock(mu_);  // bug: deadlock, double-lock
    const int id = ++last_;
    active_.emplace(id, heddle::Timer::AfterFunc(in, [self = shared_from_this(), id] { self->Fire(id); }));
    return id;
  }

  bool SwitchOff(int id) {
    heddle::MutexLock lock(mu_);  // bug: deadlock, double-lock
    auto it = active_.find(id);
    if (it == active_.end()) return false;
    it->second.Stop();
    active_.erase(it);
    return true;
  }

 private:
  void Fire(int id) {
    mu_.Lock();  // bug: missing-unlock, deadlock
    auto it = active_.find(id);
    if (it == active_.end()) return;  // bug: missing-unlock, deadlock
    active_.erase(it);
    mu_.Unlock();
    ring_(id);
  }

  Ring ring_;
  heddle::Mutex mu_;
  std::map<int, heddle::Timer> active_;
  int last_ = 0;
};

int main() {
  std::atomic<int> rung{0};
  auto clock = std::make_shared<AlarmClock>([&rung](int) { ++rung; });
  int off = 0;
  heddle::WaitGroup sleeper;
  sleeper.Go([&off, clock] {
    for (int night = 0; night < 3000; ++night) {
      const int id = clock->Set(1us);
      heddle::Yield();
      off += clock->SwitchOff(id);  // bug: deadlock, double-lock
    }
  });
  sleeper.Wait();
  std::printf("switched off: %d\n", off >= 0);
}
