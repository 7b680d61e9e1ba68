// What: A referee takes finishing times until everybody who has started is home; a runner who starts late may report after the referee has left.
// Run: hang-some
#include <heddle/heddle.h>

#include <atomic>
#include <cstdio>
#include <memory>
#include <optional>

struct Finish {
  int runner;
  int seconds;
};

class Referee {
 public:
  void Watch() {
    do {
      std::optional<Finish> finish = finishes_.Recv();
      Note(*finish);
    } while (on_track_.load() > 0);  // bug: leaked-task, deadlock
    std::printf("best %d seconds\n", best_);
  }

  void Start() { on_track_.fetch_add(1); }
  void Report(Finish finish) { finishes_.Send(finish); }  // bug: leaked-task, deadlock

 private:
  void Note(const Finish& finish) {
    on_track_.fetch_sub(1);
    if (best_ == 0 || finish.seconds < best_) best_ = finish.seconds;
  }

  heddle::Channel<Finish> finishes_;
  std::atomic<int> on_track_{0};
  int best_ = 0;
};

class Runner {
 public:
  Runner(std::shared_ptr<Referee> referee, int number) : referee_(std::move(referee)), number_(number) {}

  void operator()() {
    referee_->Start();
    for (int lap = 0; lap < number_; ++lap) heddle::Yield();
    referee_->Report({number_, 60 - number_});  // bug: leaked-task, deadlock
  }

 private:
  std::shared_ptr<Referee> referee_;
  int number_;
};

int main() {
  auto referee = std::make_shared<Referee>();
  heddle::WaitGroup race;
  race.Go([referee] { referee->Watch(); });
  for (int number = 1; number <= 4; ++number) race.Go(Runner(referee, number));  // bug: leaked-task
  race.Wait();  // bug: deadlock
}
