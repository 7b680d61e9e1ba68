// What: A turnstile hands out permits at a pace from a task of its own and is closed by its guard; visitors take a permit or learn that it is closed.
// Run: clean
#include <heddle/heddle.h>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <memory>

using namespace std::chrono_literals;

class Turnstile {
 public:
  Turnstile(std::chrono::microseconds pace, std::size_t burst) : permits_(burst) {
    for (std::size_t i = 0; i < burst; ++i) permits_.Send({});
    refill_.Go([this, pace] { Refill(pace); });
  }
  ~Turnstile() { Close(); }

  // False once it is closed.
  bool Pass() {
    enum { kPermit, kClosed };
    return heddle::Select(heddle::OnRecv(permits_), heddle::OnRecv(closed_)) == kPermit;
  }

  void Close() {
    once_.Do([this] { closed_.Close(); });
    refill_.Wait();
  }

 private:
  void Refill(std::chrono::microseconds pace) {
    heddle::Ticker ticker(pace);
    HEDDLE_DEFER(ticker.Stop());
    bool open = true;
    auto refill = [this](auto) {
      heddle::Unit permit;
      permits_.TrySend(permit);  // full: the burst is used up first
    };
    while (open) {
      heddle::Select(heddle::OnRecv(ticker.C(), refill),
                     heddle::OnRecv(closed_, [&](auto) { open = false; }));
    }
  }

  heddle::Channel<heddle::Unit> permits_;
  heddle::Channel<heddle::Unit> closed_;
  heddle::Once once_;
  heddle::WaitGroup refill_;
};

int main() {
  auto turnstile = std::make_unique<Turnstile>(100us, 3);
  heddle::WaitGroup visitors;
  heddle::WaitGroup first;
  std::atomic<int> passed{0};
  first.Add(5);
  for (int visitor = 0; visitor < 5; ++visitor) {
    visitors.Go([&] {
      const bool in = turnstile->Pass();
      first.Done();
      if (!in) return;
      ++passed;
      while (turnstile->Pass()) ++passed;
    });
  }
  first.Wait();
  turnstile->Close();
  visitors.Wait();
  turnstile.reset();
  std::printf("passed: %d\n", passed.load() >= 5);
}
