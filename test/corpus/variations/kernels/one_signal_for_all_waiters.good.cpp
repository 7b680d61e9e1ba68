// What: Several stalls wait on one condition for the market to open; opening it wakes all of them.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <memory>
#include <utility>
#include <vector>

class Market {
 public:
  enum class Phase { kSetup, kOpen, kOver };

  void EnterPhase(Phase phase) {
    heddle::MutexLock lock(mu_);
    phase_ = phase;
    changed_.Broadcast();
  }

  void AwaitPhase(Phase phase) {
    heddle::MutexLock lock(mu_);
    ++waiting_;
    all_wait_.Signal();
    while (phase_ < phase) changed_.Wait();
  }

  void AwaitStalls(int stalls) {
    heddle::MutexLock lock(mu_);
    all_wait_.Wait([&] { return waiting_ >= stalls; });
  }

 private:
  heddle::Mutex mu_;
  heddle::Cond changed_{mu_};
  heddle::Cond all_wait_{mu_};
  Phase phase_ = Phase::kSetup;
  int waiting_ = 0;
};

class Stall {
 public:
  Stall(std::shared_ptr<Market> market, int number) : market_(std::move(market)), number_(number) {}
  void Trade() {
    market_->AwaitPhase(Market::Phase::kOpen);
    std::printf("stall %d open\n", number_);
  }

 private:
  std::shared_ptr<Market> market_;
  int number_;
};

int main() {
  auto market = std::make_shared<Market>();
  std::vector<Stall> stalls;
  for (int number = 1; number <= 3; ++number) stalls.emplace_back(market, number);
  heddle::WaitGroup open;
  for (Stall& stall : stalls) open.Go([&stall] { stall.Trade(); });
  market->AwaitStalls(3);
  market->EnterPhase(Market::Phase::kOpen);
  open.Wait();
}
