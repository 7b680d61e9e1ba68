// RUN: %expect %s
// A ticker that is stopped as the program ends, which ends the loop anyway.
#include <heddle/heddle.h>

#include <atomic>
#include <chrono>

using namespace std::chrono_literals;

int main() {
  heddle::Ticker pulse(1ms);
  HEDDLE_DEFER(pulse.Stop());
  std::atomic<int> beats{0};
  heddle::Channel<heddle::Unit> beat(1);
  heddle::go([&] {
    while (true) {
      pulse.C().Recv();
      ++beats;
      heddle::Unit one;
      beat.TrySend(one);
    }
  });
  while (beats < 3) beat.Recv();
}
