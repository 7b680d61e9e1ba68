// What: A watchdog's loop notes whether it has taken the timer's tick, and drains the timer at a kick only when it has not.
// Run: clean
#include <heddle/heddle.h>

#include <chrono>
#include <cstdio>
#include <memory>
#include <utility>

using namespace std::chrono_literals;

class Alarm {
 public:
  virtual ~Alarm() = default;
  virtual void Ring() = 0;
};

class CountingAlarm : public Alarm {
 public:
  void Ring() override { std::printf("ring %d\n", ++rings_); }

 private:
  int rings_ = 0;
};

class Watchdog {
 public:
  Watchdog(std::unique_ptr<Alarm> alarm, std::chrono::nanoseconds patience)
      : alarm_(std::move(alarm)), patience_(patience), timer_(patience) {
    loop_.Go([this] { Loop(); });
  }

  ~Watchdog() {
    kicks_.Close();
    loop_.Wait();
  }

  // Tells the watchdog that all is well.
  void Kick() { kicks_.Send(heddle::Unit{}); }

 private:
  void Loop() {
    for (bool kicked = true; kicked;) {
      heddle::Select(heddle::OnRecv(timer_.C(), [this](auto) { Bark(); }),
                     heddle::OnRecv(kicks_, [&](auto kick) {
                       kicked = kick.has_value();
                       Restart();
                     }));
    }
    timer_.Stop();
  }

  void Bark() {
    ticked_ = true;
    alarm_->Ring();
  }

  void Restart() {
    if (!timer_.Stop() && !std::exchange(ticked_, false)) timer_.C().TryRecv();
    timer_.Reset(patience_);
  }

  std::unique_ptr<Alarm> alarm_;
  const std::chrono::nanoseconds patience_;
  heddle::Timer timer_;
  bool ticked_ = false;
  heddle::Channel<heddle::Unit> kicks_{1};
  heddle::WaitGroup loop_;
};

int main() {
  Watchdog watchdog(std::make_unique<CountingAlarm>(), 300us);
  for (int kick = 0; kick < 6; ++kick) {
    heddle::Sleep(1ms);
    watchdog.Kick();
  }
}
