// RUN: %expect %s
// A loop over a ticker serves as long as the program lives, unless the ticker is
// stopped while the program goes on.
#include <heddle/heddle.h>

#include <atomic>
#include <chrono>

using namespace std::chrono_literals;

class Lighthouse {
 public:
  void Light() {
    heddle::go([this] { Turn(); });
  }
  int Close(int wanted) {
    while (turns_ < wanted) seen_.Recv();
    minute_.Stop();
    return turns_;
  }

 private:
  void Turn() {
    while (true) {
      minute_.C().Recv();  // want: leaked-task "receiving from 'minute_'"
      ++turns_;
      heddle::Unit turn;
      seen_.TrySend(turn);
    }
  }

  heddle::Ticker minute_{1ms};
  heddle::Channel<heddle::Unit> seen_{1};
  std::atomic<int> turns_{0};
};

int main() {
  Lighthouse lighthouse;
  lighthouse.Light();
  return lighthouse.Close(3);
}
