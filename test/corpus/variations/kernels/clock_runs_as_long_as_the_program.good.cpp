// What: A clock's task ticks for as long as the program runs and nobody waits for it; it owns all that it uses, and the program needs nothing from it at its end.
// Run: clean
#include <heddle/heddle.h>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <memory>

using namespace std::chrono_literals;

// The time of day in turns, kept by a task that never ends.
class Clock {
 public:
  static Clock& Instance() {
    static Clock* const clock = new Clock;  // lives until the process ends
    return *clock;
  }

  long turns() const { return turns_->load(); }

 private:
  Clock() {
    heddle::go([turns = turns_] {
      heddle::Ticker ticker(100us);
      for (;;) {
        ticker.C().Recv();
        turns->fetch_add(1);
      }
    });
  }

  std::shared_ptr<std::atomic<long>> turns_ = std::make_shared<std::atomic<long>>(0);
};

int main() {
  heddle::WaitGroup tasks;
  for (int task = 0; task < 2; ++task) {
    tasks.Go([] {
      const long start = Clock::Instance().turns();
      while (Clock::Instance().turns() == start) heddle::Sleep(50us);
    });
  }
  tasks.Wait();
  std::printf("the clock runs\n");
}
