// What: A buoy's monitor takes every reading in a task of its own, on a channel with room for it, and may leave at the stop without receiving it.
// Run: clean
#include <heddle/heddle.h>

#include <chrono>
#include <cstdio>
#include <functional>
#include <optional>
#include <utility>

using namespace std::chrono_literals;

struct Reading {
  int centimetres = 0;
};

class Buoy {
 public:
  using Sensor = std::function<Reading(const heddle::Context&)>;

  explicit Buoy(Sensor sensor) : sensor_(std::move(sensor)) {}

  // Takes readings until `stop` is closed.
  void Monitor(const heddle::RecvChannel<heddle::Unit>& stop) {
    for (;;) {
      const int chosen = heddle::Select(heddle::OnRecv(stop), heddle::OnTimeout(20us));
      if (chosen == 0) return;
      if (!ReadOnce(stop)) return;
    }
  }

  void Wait() {
    readings_.Wait();
  }

  int count() const { return count_; }

 private:
  // False when the monitor is to end.
  bool ReadOnce(const heddle::RecvChannel<heddle::Unit>& stop) {
    heddle::Channel<Reading> reading(1);
    auto [ctx, cancel] = heddle::WithTimeout(heddle::Background(), 50us);
    HEDDLE_DEFER(cancel());
    readings_.Go([this, ctx = ctx, reading] {
      reading.Send(sensor_(ctx));
    });

    bool more = true;
    heddle::Select(heddle::OnRecv(stop, [&](auto) { more = false; }),
                   heddle::OnRecv(reading, [&](std::optional<Reading>) { ++count_; }),
                   heddle::OnRecv(ctx.Done(), [&](auto) { reading.Recv(); }));
    return more;
  }

  Sensor sensor_;
  heddle::WaitGroup readings_;
  int count_ = 0;
};

int main() {
  Buoy buoy([](const heddle::Context& ctx) {
    heddle::Select(heddle::OnRecv(ctx.Done()), heddle::OnTimeout(30us));
    return Reading{120};
  });
  heddle::Channel<heddle::Unit> stop;
  heddle::WaitGroup monitor;
  monitor.Go([&buoy, stop] { buoy.Monitor(stop); });
  heddle::Sleep(1ms);
  stop.Close();
  monitor.Wait();
  buoy.Wait();
  std::printf("%d readings\n", buoy.count());
}
