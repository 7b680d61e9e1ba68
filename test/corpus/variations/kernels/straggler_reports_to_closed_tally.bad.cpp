// What: A tally collects a vote from each district and leaves when it has the quorum; the districts after that block in their report.
// Run: deadlock
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
    while (yes_ + no_ < quorum_) {  // bug: leaked-task, deadlock
      if (auto vote = votes_.Recv()) ++(vote->yes ? yes_ : no_);
    }
    std::printf("%d yes, %d no\n", yes_, no_);
  }

  void Report(const Vote& vote) { votes_.Send(vote); }  // bug: leaked-task, deadlock

 private:
  const int quorum_;
  int yes_ = 0;
  int no_ = 0;
  heddle::Channel<Vote> votes_;
};

class District {
 public:
  using Reporter = std::function<void(const Vote&)>;
  District(int number, Reporter report) : number_(number), report_(std::move(report)) {}
  void Count() { report_({number_, number_ % 2 == 0}); }  // bug: leaked-task, deadlock

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
    tasks.Go([&district] { district->Count(); });  // bug: leaked-task
  }
  tasks.Wait();  // bug: deadlock
}
