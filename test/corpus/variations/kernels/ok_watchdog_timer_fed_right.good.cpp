// What: A watchdog's timer is stopped, drained without waiting and started again at each sign of life; it barks when there was none for a while.
// Run: clean
#include <heddle/heddle.h>

#include <chrono>
#include <cstdio>
#include <optional>

using namespace std::chrono_literals;

class Watchdog {
 public:
  explicit Watchdog(std::chrono::microseconds patience) : patience_(patience), timer_(patience) {}

  void Feed() {
    if (!timer_.Stop()) {
      // Whether the tick was taken or not: do not wait for it.
      heddle::Select(heddle::OnRecv(timer_.C()), heddle::OnDefault());
    }
    timer_.Reset(patience_);
  }

  // Feeds on the signs of life until they end; returns how often there was none in time.
  int Guard(heddle::RecvChannel<int> signs) {
    int barks = 0;
    bool alive = true;
    while (alive) {
      heddle::Select(heddle::OnRecv(signs,
                                    [&](std::optional<int> sign) {
                                      alive = sign.has_value();
                                      if (alive) Feed();
                                    }),
                     heddle::OnRecv(timer_.C(), [&](auto) {
                       ++barks;
                       timer_.Reset(patience_);
                     }));
    }
    timer_.Stop();
    return barks;
  }

 private:
  const std::chrono::microseconds patience_;
  heddle::Timer timer_;
};

int main() {
  heddle::Channel<int> signs(1);
  heddle::WaitGroup tasks;
  int barks = -1;
  tasks.Go([&barks, signs] {
    Watchdog dog(300us);
    barks = dog.Guard(signs);
  });
  for (int sign = 0; sign < 6; ++sign) {
    signs.Send(sign);
    if (sign % 3 == 2) heddle::Sleep(1ms);
  }
  signs.Close();
  tasks.Wait();
  std::printf("counted: %d\n", barks >= 0);
}
