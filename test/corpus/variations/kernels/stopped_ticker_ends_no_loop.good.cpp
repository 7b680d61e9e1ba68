// What: A heartbeat loop receives from its ticker and ends when its own stop channel is closed.
// Run: clean
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
    loop_.Go([this] { Loop(); });
  }

  void Stop() {
    ticker_.Stop();
    stop_.Close();
    loop_.Wait();
  }

 private:
  void Loop() {
    while (heddle::Select(heddle::OnRecv(ticker_.C()), heddle::OnRecv(stop_)) == 0) {
      beat_();
    }
  }

  heddle::Ticker ticker_;
  std::function<void()> beat_;
  heddle::Channel<heddle::Unit> stop_;
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
  heartbeat.Stop();
  std::printf("%s\n", beats.load() >= 3 ? "alive" : "dead");
}
