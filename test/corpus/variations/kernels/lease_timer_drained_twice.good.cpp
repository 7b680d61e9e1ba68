// What: A lease keeper restarts its timer whenever it is asked to; it drains the timer's channel without waiting for a tick.
// Run: clean
#include <heddle/heddle.h>

#include <chrono>
#include <cstdio>
#include <optional>

using namespace std::chrono_literals;

// A timer that can be set again at any time.
class Alarm {
 public:
  explicit Alarm(std::chrono::microseconds delay) : delay_(delay), timer_(delay) {}
  heddle::RecvChannel<heddle::TimePoint> C() const { return timer_.C(); }

  void Restart() {
    if (!timer_.Stop()) Drain();
    timer_.Reset(delay_);
  }
  void Stop() { timer_.Stop(); }

 private:
  void Drain() {
    timer_.C().TryRecv();
  }

  const std::chrono::microseconds delay_;
  heddle::Timer timer_;
};

enum class Event { kTick, kRenew, kEnd };

class LeaseKeeper {
 public:
  void Start() {
    task_.Go([this] { Keep(); });
  }
  void Renew(int lease) { renewals_.Send(lease); }
  int End() {
    renewals_.Close();
    task_.Wait();
    return lapsed_;
  }

 private:
  Event Next(const Alarm& alarm) {
    Event event = Event::kTick;
    heddle::Select(heddle::OnRecv(alarm.C()),
                   heddle::OnRecv(renewals_, [&](std::optional<int> lease) {
                     event = lease ? Event::kRenew : Event::kEnd;
                   }));
    return event;
  }

  void Keep() {
    Alarm alarm(100us);
    HEDDLE_DEFER(alarm.Stop());
    for (;;) {
      switch (Next(alarm)) {
        case Event::kTick:
          ++lapsed_;
          break;
        case Event::kRenew:
          alarm.Restart();
          break;
        case Event::kEnd:
          return;
      }
    }
  }

  heddle::Channel<int> renewals_;
  heddle::WaitGroup task_;
  int lapsed_ = 0;
};

int main() {
  LeaseKeeper keeper;
  keeper.Start();
  for (int lease = 0; lease < 5; ++lease) {
    heddle::Sleep(2ms);
    keeper.Renew(lease);
  }
  std::printf("lapsed %d times\n", keeper.End());
}
