// What: A pump session beats until its context is done; the session is cancelled and waited for however the function is left.
// Run: clean
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
    heddle::go([session, ctx] { session->Beat(ctx); });
    return session;
  }

  void AwaitEnd() { ended_.Recv(); }

 private:
  void Beat(const heddle::Context& ctx) {
    heddle::Ticker pace(1min);
    HEDDLE_DEFER(ended_.Close());
    while (heddle::Select(heddle::OnRecv(pace.C()), heddle::OnRecv(ctx.Done())) == 0) ++beats_;
  }

  int beats_ = 0;
  heddle::Channel<heddle::Unit> ended_;
};

// Reads `station` within an hour.
heddle::Error ReadStation(Probe& probe, int station, int& sum) {
  auto [ctx, cancel] = heddle::WithTimeout(heddle::Background(), 1h);
  std::shared_ptr<Session> session = Session::Open(ctx);
  const heddle::Defer end([&session, cancel = cancel] {
    cancel();
    session->AwaitEnd();
  });

  if (heddle::Error error = probe.Check(station)) return error;
  sum += station * 10;
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
