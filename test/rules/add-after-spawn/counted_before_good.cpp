// RUN: %expect %s
// A round counts the helper that each picker starts too; a timer that was
// stopped has nothing to count down, and is counted for once more.
#include <heddle/heddle.h>

#include <atomic>
#include <chrono>
#include <optional>

class Orchard {
 public:
  void Begin(int rows) {
    for (int row = 0; row < rows; ++row) {
      out_.Add(2);
      heddle::go([this] { Pick(); });
    }
  }
  void End() { out_.Wait(); }

 private:
  void Pick() {
    HEDDLE_DEFER(Leave());
    heddle::go([this] {
      HEDDLE_DEFER(Leave());
      ++carried_;
    });
  }
  void Leave() { out_.Done(); }

  heddle::WaitGroup out_;
  std::atomic<int> carried_{0};
};

class Lamp {
 public:
  ~Lamp() {
    PutOut();
    burning_.Wait();
  }
  void Light() {
    burning_.Add(1);
    timer_.emplace(heddle::Timer::AfterFunc(std::chrono::seconds(9), [this] {
      HEDDLE_DEFER(burning_.Done());
      ++dimmed_;
    }));
  }
  void Refresh() {
    if (PutOut()) Light();
  }

 private:
  bool PutOut() {
    if (!timer_) return false;
    const bool prevented = timer_->Stop();
    timer_.reset();
    if (prevented) burning_.Done();
    return prevented;
  }

  heddle::WaitGroup burning_;
  std::atomic<int> dimmed_{0};
  std::optional<heddle::Timer> timer_;
};

int main() {
  Orchard orchard;
  orchard.Begin(3);
  orchard.End();
  Lamp lamp;
  lamp.Light();
  for (int i = 0; i < 3; ++i) lamp.Refresh();
}
