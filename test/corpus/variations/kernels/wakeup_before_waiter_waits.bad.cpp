// What: A relay waits for a condition in a task, so that it can select between that and the end; the wake-up at the end may come before the task waits, and is lost.
// Run: hang-some
#include <heddle/heddle.h>

#include <atomic>
#include <cstdio>
#include <functional>
#include <utility>

using Event = heddle::RecvChannel<heddle::Unit>;

bool IsClosed(const Event& signal) {
  return heddle::Select(heddle::OnRecv(signal), heddle::OnDefault()) == 0;
}

// Runs `f` in a task; what is returned is closed at its end.
Event Start(std::function<void()> f) {
  heddle::Channel<heddle::Unit> ended;
  heddle::go([f = std::move(f), ended] {  // bug: leaked-task
    HEDDLE_DEFER(ended.Close());
    f();
  });
  return ended;
}

void Until(const Event& stop, const std::function<void()>& f) {
  while (!IsClosed(stop)) f();
}

class Relay {
 public:
  // Passes pulses on until `stop` is closed.
  void Run(const Event& stop) {
    Until(stop, [&] { PassOn(stop); });
  }

  void Pulse() {
    heddle::MutexLock lock(mu_);
    ++pulses_;
    pulse_.Signal();
  }

  int passed() const { return passed_; }

 private:
  void PassOn(const Event& stop) {
    Event woken = Start([this] { AwaitPulse(); });  // bug: deadlock, leaked-task
    heddle::Select(heddle::OnRecv(woken), heddle::OnRecv(stop, [&](auto) {
      WakeForTheEnd();
      woken.Recv();  // bug: deadlock, wait-without-loop
    }));
    ++passed_;
  }

  void AwaitPulse() {
    heddle::MutexLock lock(mu_);
    if (pulses_ == 0) pulse_.Wait();  // bug: deadlock, wait-without-loop, leaked-task
    pulses_ = 0;
  }

  void WakeForTheEnd() {
    pulse_.Signal();  // bug: deadlock, wait-without-loop
  }

  heddle::Mutex mu_;
  heddle::Cond pulse_{mu_};
  int pulses_ = 0;
  std::atomic<int> passed_{0};
};

// Relays for a short while; the number of turns that took.
int RelayBriefly() {
  Relay relay;
  heddle::Channel<heddle::Unit> stop;
  Event relayed = Start([&relay, stop] { relay.Run(stop); });
  Event pulsed = Start([&relay] {
    for (int i = 0; i < 3; ++i) relay.Pulse();
  });
  pulsed.Recv();
  stop.Close();
  relayed.Recv();  // bug: deadlock
  return relay.passed();
}

int main() {
  int turns = 0;
  for (int day = 0; day < 2000; ++day) turns += RelayBriefly();
  std::printf("%d turns\n", turns);
}
