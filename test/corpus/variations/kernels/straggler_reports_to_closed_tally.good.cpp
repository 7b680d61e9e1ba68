// What: A tally collects a vote from each district and says that it has left when it has the quorum; the districts after that drop their report.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <functional>
#include <memory>
#include <utility>
#include <vector>

struct Vote {
  int district;
  bool yes;
};

class Tally {
 public:
  explicit Tally(int quorum) : quorum_(quorum) {}

  void Collect() {
    HEDDLE_DEFER(left_.Close());
    while (yes_ + no_ < quorum_) {
      if (auto vote = votes_.Recv()) ++(vote->yes ? yes_ : no_);
    }
    std::printf("%d yes, %d no\n", yes_, no_);
  }

  void Report(const Vote& vote) {
    heddle::Select(heddle::OnSend(votes_, vote), heddle::OnRecv(left_));
  }

 private:
  const int quorum_;
  int yes_ = 0;
  int no_ = 0;
  heddle::Channel<Vote> votes_;
  heddle::Channel<heddle::Unit> left_;
};

class District {
 public:
  using Reporter = std::function<void(const Vote&)>;
  District(int number, Reporter report) : number_(number), report_(std::move(report)) {}
  void Count() { report_({number_, number_ % 2 == 0}); }

 private:
  int number_;
  Reporter report_;
};

int main() {
  Tally tally(2);
  std::vector<std::unique_ptr<District>> districts;
  for (int number = 1; number <= 4; ++number) {
    districts.push_back(
        std::make_unique<District>(number, [&](const Vote& vote) { tally.Report(vote); }));
  }
  heddle::WaitGroup tasks;
  tasks.Go([&] { tally.Collect(); });
  for (auto& district : districts) {
    tasks.Go([&district] { district->Count(); });
  }
  tasks.Wait();
}
