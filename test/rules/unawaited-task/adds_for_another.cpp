// What a task adds for another that it starts does not count the task itself.
// RUN: %expect %s
#include <heddle/heddle.h>

#include <cstdio>
#include <functional>
#include <utility>

class Ferries {
 public:
  void Sail(std::function<void()> trip) {
    under_way_.Add(1);  // want: counter-mismatch "while a wait for it has yet to return"
    heddle::go([this, trip = std::move(trip)] {
      HEDDLE_DEFER(under_way_.Done());
      trip();
    });
  }
  void Moor() { under_way_.Wait(); }

 private:
  heddle::WaitGroup under_way_;
};

void Cross() { std::printf("across\n"); }

int main() {
  Ferries ferries;
  heddle::go([&ferries] { ferries.Sail(Cross); });  // want: unawaited-task "nothing waits"
  ferries.Sail([&ferries] { ferries.Sail(Cross); });
  ferries.Moor();
}
