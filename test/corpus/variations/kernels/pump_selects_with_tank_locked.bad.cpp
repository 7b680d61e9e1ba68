// What: A pump fills its bottles with the tank's lock held, choosing between a taker and the stop; the taker refills the tank first, which needs the lock.
// Run: hang-some
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
    mu_.Lock();  // bug: blocking-under-lock, deadlock
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
    mu_.Lock();  // bug: blocking-under-lock, deadlock
    HEDDLE_DEFER(mu_.Unlock());
    return HandOver(Draw());  // bug: blocking-under-lock, deadlock
  }

  Bottle Draw() {
    const int drawn = litres_ < kBottle ? litres_ : kBottle;
    litres_ -= drawn;
    return Bottle{drawn};
  }

  bool HandOver(const Bottle& bottle) {
    enum { kTaken, kStopped };
    return heddle::Select(heddle::OnSend(bottles_, bottle), heddle::OnRecv(stop_)) == kTaken;  // bug: blocking-under-lock, deadlock
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
    pump.Refill(1);  // bug: blocking-under-lock, deadlock
  }
  pump.Stop();
  machine.Wait();
  std::printf("%d litres, %d filled\n", drunk, pump.filled());
}
