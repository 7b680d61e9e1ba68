// RUN: %expect %s
// By a channel that is kept in a list its sender is waited for; and what ticks
// for as long as the program lives never ends.
#include <heddle/heddle.h>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <memory>
#include <utility>
#include <vector>

using namespace std::chrono_literals;

heddle::RecvChannel<int> Lap(int runner) {
  heddle::Channel<int> out(1);
  heddle::go([out, runner] {
    for (int lap = 0; lap < 3; ++lap) out.Send(runner * 60 + lap);
    out.Close();
  });
  return out;
}

heddle::RecvChannel<int> Together(const std::vector<heddle::RecvChannel<int>>& lanes) {
  heddle::Channel<int> all;
  auto running = std::make_shared<heddle::WaitGroup>();
  running->Add(static_cast<int>(lanes.size()));
  for (const heddle::RecvChannel<int>& lane : lanes) {
    heddle::go([lane, all, running] {
      HEDDLE_DEFER(running->Done());
      for (int time : lane) all.Send(time);
    });
  }
  heddle::go([all, running] {
    running->Wait();
    all.Close();
  });
  return all;
}

class Pulse {
 public:
  static Pulse& Get() {
    static Pulse* pulse = new Pulse;
    return *pulse;
  }
  void Beat() { ++beats_; }

 private:
  Pulse() {
    heddle::go([this] { Show(); });
  }
  void Show() {
    heddle::Ticker ticker(20ms);
    while (ticker.C().Recv()) std::fprintf(stderr, "%d\n", beats_.load());
  }
  std::atomic<int> beats_{0};
};

int main() {
  Pulse::Get().Beat();
  std::vector<heddle::RecvChannel<int>> lanes;
  for (int runner = 1; runner < 4; ++runner) lanes.push_back(Lap(runner));
  int sum = 0;
  for (int time : Together(lanes)) sum += time;
  std::printf("%d\n", sum);
}
