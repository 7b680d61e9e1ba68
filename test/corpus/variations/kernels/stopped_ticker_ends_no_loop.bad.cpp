// What: A heartbeat loop receives from its ticker and is meant to end when the ticker is stopped; a stopped ticker just never ticks again.
// Run: deadlock
#include <heddle/heddle.h>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <functional>
#include <memory>
#include <utility>

using namespace std::chrono_literals;

class Heartbeat {
 public:
  Heartbeat(std::chrono::microseconds pace, std::function<void()> beat)
      : ticker_(pace), beat_(std::move(beat)) {}

  void Start() {
    loop_.Go([this] { Loop(); });  // bug: leaked-task, deadlock
  }

  void Stop() {
    ticker_.Stop();  // bug: deadlock, leaked-task
    loop_.Wait();  // bug: deadlock
  }

 private:
  void Loop() {
    while (ticker_.C().Recv()) {  // bug: deadlock, leaked-task
      beat_();
    }
  }

  heddle::Ticker ticker_;
  std::function<void()> beat_;
  heddle::WaitGroup loop_;
};

int main() {
  std::atomic<int> beats{0};
  heddle::Channel<heddle::Unit> three(1);
  Heartbeat heartbeat(100us, [&] {
    if (++beats == 3) three.Send(heddle::Unit{});
  });
  heartbeat.Start();
  three.Recv();
  heartbeat.Stop();  // bug: deadlock
  std::printf("%s\n", beats.load() >= 3 ? "alive" : "dead");
}
