// What: A watchdog resets an AfterFunc timer at every kick; stopping it waits for a bark that had begun, whose count is taken only when the timer's stop did not prevent it.
// Run: clean
#include <heddle/heddle.h>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <functional>
#include <memory>
#include <optional>
#include <utility>

using namespace std::chrono_literals;

namespace {

class Watchdog {
 public:
  Watchdog(std::chrono::nanoseconds patience, std::function<void()> bark)
      : patience_(patience), bark_(std::move(bark)) {}
  Watchdog(const Watchdog&) = delete;
  Watchdog& operator=(const Watchdog&) = delete;
  ~Watchdog() { Stop(); }

  void Start() {
    barks_.Add(1);
    timer_.emplace(heddle::Timer::AfterFunc(patience_, [this] {
      HEDDLE_DEFER(barks_.Done());
      bark_();
    }));
  }

  void Kick() {
    if (!Disarm()) return;
    Start();
  }

  void Stop() {
    Disarm();
    barks_.Wait();
  }

 private:
  // Returns whether the bark was prevented.
  bool Disarm() {
    if (!timer_) return false;
    const bool prevented = timer_->Stop();
    timer_.reset();
    if (prevented) barks_.Done();
    return prevented;
  }

  const std::chrono::nanoseconds patience_;
  const std::function<void()> bark_;
  heddle::WaitGroup barks_;
  std::optional<heddle::Timer> timer_;
};

}  // namespace

int main() {
  auto barks = std::make_shared<std::atomic<int>>(0);
  {
    Watchdog patient(10s, [barks] { ++*barks; });
    patient.Start();
    for (int i = 0; i < 5; ++i) {
      heddle::Yield();
      patient.Kick();
    }
  }
  std::printf("%d barks\n", barks->load());
  heddle::Channel<heddle::Unit> barked(1);
  Watchdog nervous(100us, [barks, barked] {
    ++*barks;
    barked.Send({});
  });
  nervous.Start();
  barked.Recv();
  nervous.Kick();
  nervous.Stop();
  std::printf("%d barks\n", barks->load());
}
