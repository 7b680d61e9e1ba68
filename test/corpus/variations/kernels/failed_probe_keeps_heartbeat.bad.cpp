// What: A pump session beats until its context is done; when the probe for the session fails, the function returns before its cancel function is called.
// Run: leak
#include <heddle/heddle.h>

#include <chrono>
#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <utility>

using namespace std::chrono_literals;

class Probe {
 public:
  virtual ~Probe() = default;
  virtual heddle::Error Check(int station) = 0;
};

class EveryThirdFails : public Probe {
 public:
  heddle::Error Check(int station) override {
    if (station % 3 == 0) return "no answer from station " + std::to_string(station);
    return std::nullopt;
  }
};

class Session {
 public:
  // Beats in the background until `ctx` is done.
  static std::shared_ptr<Session> Open(const heddle::Context& ctx) {
    auto session = std::make_shared<Session>();
    heddle::go([session, ctx] { session->Beat(ctx); });  // bug: leaked-task
    return session;
  }

  void AwaitEnd() { ended_.Recv(); }

 private:
  void Beat(const heddle::Context& ctx) {
    heddle::Ticker pace(1min);
    HEDDLE_DEFER(ended_.Close());
    while (heddle::Select(heddle::OnRecv(pace.C()), heddle::OnRecv(ctx.Done())) == 0) ++beats_;  // bug: leaked-task, lost-cancel
  }

  int beats_ = 0;
  heddle::Channel<heddle::Unit> ended_;
};

// Reads `station` within an hour.
heddle::Error ReadStation(Probe& probe, int station, int& sum) {
  auto [ctx, cancel] = heddle::WithTimeout(heddle::Background(), 1h);  // bug: lost-cancel
  std::shared_ptr<Session> session = Session::Open(ctx);

  if (heddle::Error error = probe.Check(station)) return error;  // bug: lost-cancel, leaked-task
  sum += station * 10;
  cancel();
  session->AwaitEnd();
  return std::nullopt;
}

int main() {
  std::unique_ptr<Probe> probe = std::make_unique<EveryThirdFails>();
  int sum = 0;
  for (int station = 1; station <= 4; ++station) {
    const heddle::Error error = ReadStation(*probe, station, sum);
    if (error) std::printf("%s\n", error->c_str());
  }
  std::printf("%d in all\n", sum);
}
