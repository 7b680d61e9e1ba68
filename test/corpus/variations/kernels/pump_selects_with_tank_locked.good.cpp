// What: A pump takes what it needs under the tank's lock and hands the bottle over after it, choosing between a taker and the stop.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <optional>

struct Bottle {
  int litres = 0;
};

class Pump {
 public:
  explicit Pump(int litres) : litres_(litres) {}

  void Refill(int litres) {
    mu_.Lock();
    HEDDLE_DEFER(mu_.Unlock());
    litres_ += litres;
  }

  void Run() {
    while (FillOne()) ++filled_;
  }

  heddle::RecvChannel<Bottle> Bottles() const { return bottles_; }
  void Stop() { stop_.Close(); }
  int filled() const { return filled_; }

 private:
  static constexpr int kBottle = 2;

  bool FillOne() {
    mu_.Lock();
    const Bottle bottle = Draw();
    mu_.Unlock();
    return HandOver(bottle);
  }

  Bottle Draw() {
    const int drawn = litres_ < kBottle ? litres_ : kBottle;
    litres_ -= drawn;
    return Bottle{drawn};
  }

  bool HandOver(const Bottle& bottle) {
    enum { kTaken, kStopped };
    return heddle::Select(heddle::OnSend(bottles_, bottle), heddle::OnRecv(stop_)) == kTaken;
  }

  heddle::Mutex mu_;
  int litres_;
  int filled_ = 0;
  heddle::Channel<Bottle> bottles_;
  heddle::Channel<heddle::Unit> stop_;
};

int main() {
  Pump pump(6);
  heddle::WaitGroup machine;
  machine.Go(&Pump::Run, &pump);
  int drunk = 0;
  for (int round = 0; round < 5; ++round) {
    if (std::optional<Bottle> bottle = pump.Bottles().Recv()) drunk += bottle->litres;
    pump.Refill(1);
  }
  pump.Stop();
  machine.Wait();
  std::printf("%d litres, %d filled\n", drunk, pump.filled());
}
