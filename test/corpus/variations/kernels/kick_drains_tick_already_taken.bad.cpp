// What: A watchdog's loop stops its timer at every kick and drains it when it had fired; a tick that an earlier turn of the loop took is not there any more, so the drain never ends.
// Run: deadlock
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
    loop_.Go([this] { Loop(); });  // bug: leaked-task, deadlock
  }

  ~Watchdog() {
    kicks_.Close();
    loop_.Wait();  // bug: deadlock
  }

  // Tells the watchdog that all is well.
  void Kick() { kicks_.Send(heddle::Unit{}); }  // bug: deadlock

 private:
  void Loop() {
    for (bool kicked = true; kicked;) {
      heddle::Select(heddle::OnRecv(timer_.C(), [this](auto) { Bark(); }),  // bug: leaked-task, deadlock
                     heddle::OnRecv(kicks_, [&](auto kick) {
                       kicked = kick.has_value();
                       Restart();
                     }));
    }
    timer_.Stop();
  }

  void Bark() {
    alarm_->Ring();
  }

  void Restart() {
    if (!timer_.Stop()) timer_.C().Recv();  // bug: leaked-task, deadlock
    timer_.Reset(patience_);
  }

  std::unique_ptr<Alarm> alarm_;
  const std::chrono::nanoseconds patience_;
  heddle::Timer timer_;
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
