// What: A tide gauge's recorder leaves its loop by a break that skips the unlock; the summary that follows locks the gauge again.
// Run: deadlock
#include <chrono>
#include <cstdio>
#include <functional>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

using namespace std::chrono_literals;

class TideGauge {
 public:
  explicit TideGauge(std::function<int()> read) : read_(std::move(read)) {}

  // Records the level again and again until the gauge is retired.
  void Record() {
    for (;;) {
      mu_.lock();  // bug: missing-unlock, deadlock, double-lock
      if (retired_) {
        break;  // bug: missing-unlock, deadlock
      }
      levels_.push_back(read_());
      mu_.unlock();
      std::this_thread::sleep_for(100us);
    }
  }

  // The highest level, once the recording has come to its end.
  int Highest() {
    mu_.lock();  // bug: missing-unlock, deadlock, double-lock
    int highest = 0;
    for (int level : levels_) {
      if (level > highest) highest = level;
    }
    mu_.unlock();
    return highest;
  }

  void Retire() {
    std::lock_guard<std::mutex> lock(mu_);
    retired_ = true;
  }

 private:
  const std::function<int()> read_;
  std::mutex mu_;
  bool retired_ = false;
  std::vector<int> levels_;
};

int main() {
  int level = 0;
  TideGauge gauge([&level] { return level = (level * 7 + 3) % 100; });
  std::thread recorder([&gauge] {
    gauge.Record();
    std::printf("highest level %d\n", gauge.Highest());  // bug: missing-unlock, deadlock, double-lock
  });
  gauge.Retire();
  recorder.join();  // bug: deadlock
}
