// What: A crew rows in rounds: every rower waits for the cox's signal with the crew's lock held, and the cox needs that lock to give the signal.
// Run: hang-some
#include <heddle/heddle.h>

#include <cstdio>
#include <functional>
#include <memory>
#include <vector>

using Signal = heddle::Channel<heddle::Unit>;

struct Rower {
  int strokes = 0;
  std::function<void()> settle;  // outside the crew's lock
  std::function<void()> watch;   // looks which signal ends this round
  std::function<void()> pull;    // returns at that signal
};

class Crew {
 public:
  explicit Crew(std::size_t size) : rowers_(size) {
    for (std::size_t seat = 0; seat < size; ++seat) Seat(rowers_[seat], seat == 0);
  }

  void Row() {
    heddle::WaitGroup rowing;
    rowing.Add(static_cast<int>(rowers_.size()));
    for (Rower& rower : rowers_) {
      heddle::go([this, &rowing, &rower] {  // bug: deadlock, blocking-under-lock
        HEDDLE_DEFER(rowing.Done());
        while (rower.strokes < kStrokes) RowRound(rower);
      });
    }
    rowing.Wait();  // bug: deadlock
    for (const Rower& rower : rowers_) std::printf("%d strokes\n", rower.strokes);
  }

 private:
  static constexpr int kStrokes = 100;

  void Seat(Rower& rower, bool cox) {
    auto awaited = std::make_shared<Signal>();
    rower.settle = [] { heddle::Yield(); };
    rower.watch = [this, awaited] { *awaited = signal_; };
    rower.pull = [this, awaited, cox, &rower] {
      if (cox) EndRound(rower.strokes == kStrokes);
      awaited->Recv();  // bug: deadlock, blocking-under-lock
    };
  }

  void RowRound(Rower& rower) {
    rower.settle();
    mu_.Lock();
    rower.watch();
    mu_.Unlock();
    ++rower.strokes;
    mu_.Lock();  // bug: deadlock, blocking-under-lock
    rower.pull();  // bug: deadlock, blocking-under-lock
    mu_.Unlock();
  }

  // The signal of the last round is not replaced: whoever comes late finds it given.
  void EndRound(bool last) {
    Signal ended = signal_;
    if (!last) signal_ = Signal();
    ended.Close();
  }

  heddle::Mutex mu_;
  Signal signal_;
  std::vector<Rower> rowers_;
};

int main() {
  Crew crew(3);
  crew.Row();
}
