// What: A courier tries a delivery several times, with a pause that is cut short when the round is cancelled, and reports each address once.
// Run: clean
#include <heddle/heddle.h>

#include <chrono>
#include <cstdio>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

using namespace std::chrono_literals;

enum class Result { kDelivered, kNobodyHome, kCancelled };

class Courier {
 public:
  using Ring = std::function<bool(const std::string& address, int attempt)>;
  explicit Courier(Ring ring) : ring_(std::move(ring)) {}

  Result Deliver(const heddle::Context& ctx, const std::string& address) const {
    auto pause = 20us;
    for (int attempt = 0; attempt < kAttempts; ++attempt, pause *= 2) {
      if (ring_(address, attempt)) return Result::kDelivered;
      if (attempt + 1 < kAttempts && !Pause(ctx, pause)) return Result::kCancelled;
    }
    return Result::kNobodyHome;
  }

 private:
  static constexpr int kAttempts = 4;

  static bool Pause(const heddle::Context& ctx, std::chrono::microseconds pause) {
    heddle::Timer timer(pause);
    HEDDLE_DEFER(timer.Stop());
    return heddle::Select(heddle::OnRecv(timer.C()), heddle::OnRecv(ctx.Done())) == 0;
  }

  Ring ring_;
};

std::map<Result, int> Round(const Courier& courier, const std::vector<std::string>& addresses) {
  auto [ctx, cancel] = heddle::WithTimeout(heddle::Background(), 10s);
  HEDDLE_DEFER(cancel());
  heddle::Channel<Result> results;
  for (const std::string& address : addresses) {
    heddle::go([&courier, address, results, ctx = ctx] { results.Send(courier.Deliver(ctx, address)); });
  }
  std::map<Result, int> counts;
  for (std::size_t i = 0; i < addresses.size(); ++i) {
    const Result result = results.Recv().value();
    ++counts[result];
    if (result == Result::kNobodyHome) cancel();
  }
  return counts;
}

int main() {
  const Courier courier([](const std::string& address, int attempt) {
    return static_cast<int>(address.size()) <= attempt + 3;
  });
  int reports = 0;
  for (const auto& [result, count] : Round(courier, {"elm", "oak road", "ash st", "fir"})) {
    reports += count;
  }
  std::printf("%d reports\n", reports);
}
