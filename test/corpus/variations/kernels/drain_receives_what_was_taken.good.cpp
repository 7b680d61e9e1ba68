// What: Every station has room for its one ballot, so a count of ballots that is cancelled just leaves.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <optional>
#include <vector>

class Station {
 public:
  // Brings the result, unless the election is called off first.
  void Report(const heddle::Context& ctx, int votes) const {
    heddle::Select(heddle::OnSend(result_, votes), heddle::OnRecv(ctx.Done()));
  }
  heddle::RecvChannel<int> Result() const { return result_; }

 private:
  heddle::Channel<int> result_{1};
};

class Election {
 public:
  explicit Election(std::size_t stations) : stations_(stations) {}

  void ReportAll(const heddle::Context& ctx) {
    int votes = 100;
    for (const Station& station : stations_) {
      station.Report(ctx, votes++);
      if (ctx.Err() != heddle::ContextError::kOk) return;
    }
  }

  std::optional<int> Count(const heddle::Context& ctx) {
    int sum = 0;
    for (const Station& station : stations_) {
      bool called_off = false;
      heddle::Select(
          heddle::OnRecv(station.Result(), [&](std::optional<int> votes) { sum += *votes; }),
          heddle::OnRecv(ctx.Done(), [&](auto) { called_off = true; }));
      if (called_off) {
        return std::nullopt;
      }
    }
    return sum;
  }

 private:
  std::vector<Station> stations_;
};

// Holds an election that is called off when the observers have had enough.
void Hold(const heddle::Context& season) {
  Election election(50);
  auto [ctx, cancel] = heddle::WithCancel(season);
  heddle::WaitGroup tasks;
  tasks.Go([&election, ctx = ctx] { election.ReportAll(ctx); });
  tasks.Go([&election, ctx = ctx] {
    const std::optional<int> sum = election.Count(ctx);
    if (sum) std::printf("%d votes\n", *sum);
  });
  cancel();
  tasks.Wait();
}

int main() {
  for (int year = 0; year < 20; ++year) Hold(heddle::Background());
}
