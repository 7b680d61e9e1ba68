// RUN: %expect %s
// A timer that is moved into an optional, or a vector, is the one that is
// stopped there: it has called its function, or never will.
#include <heddle/heddle.h>

#include <atomic>
#include <chrono>
#include <optional>

class Note {
 public:
  explicit Note(std::chrono::nanoseconds lives) {
    fading_.Add(1);
    timer_.emplace(heddle::Timer::AfterFunc(lives, [this] {
      HEDDLE_DEFER(fading_.Done());
      ++faded_;
    }));
  }
  ~Note() {
    if (timer_->Stop()) fading_.Done();
    fading_.Wait();
  }

 private:
  heddle::WaitGroup fading_;
  std::atomic<int> faded_{0};
  std::optional<heddle::Timer> timer_;
};

int main() { Note note(std::chrono::milliseconds(1)); }
