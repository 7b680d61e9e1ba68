// What: A referee takes finishing times until the race is closed, which happens after all runners are home.
// Run: clean
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
    for (const Finish& finish : finishes_) Note(finish);
    std::printf("best %d seconds\n", best_);
  }

  void Start() { on_track_.fetch_add(1); }
  void Report(Finish finish) { finishes_.Send(finish); }
  void CloseRace() { finishes_.Close(); }

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
    referee_->Report({number_, 60 - number_});
  }

 private:
  std::shared_ptr<Referee> referee_;
  int number_;
};

int main() {
  auto referee = std::make_shared<Referee>();
  heddle::WaitGroup watch;
  watch.Go([referee] { referee->Watch(); });
  heddle::WaitGroup race;
  for (int number = 1; number <= 4; ++number) race.Go(Runner(referee, number));
  race.Wait();
  referee->CloseRace();
  watch.Wait();
}
