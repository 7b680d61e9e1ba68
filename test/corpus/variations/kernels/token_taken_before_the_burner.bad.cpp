// What: A kiln takes its fire token to preheat and once more to start; the burner that gives it back is started after that.
// Run: deadlock
#include <heddle/heddle.h>

#include <cstdio>
#include <functional>
#include <memory>
#include <utility>

// A token that is with whoever has an order for the burner.
class FireToken {
 public:
  void Take() { free_.Acquire(); }  // bug: deadlock, leaked-task
  bool TryTake() { return free_.TryAcquire(); }
  void GiveBack() { free_.Release(); }

 private:
  heddle::Semaphore free_{1};
};

class Kiln {
 public:
  explicit Kiln(std::function<void(int)> on_heat) : on_heat_(std::move(on_heat)) {}

  // Orders a little heat for whenever the burner runs.
  void Preheat() {
    token_.Take();  // bug: deadlock
    orders_.Send(100);
  }

  void Start() {
    token_.Take();  // bug: deadlock, leaked-task
    orders_.Send(900);
    burner_.Go([this] { Burn(); });  // bug: deadlock
  }

  void Stop() {
    orders_.Close();
    burner_.Wait();
  }

 private:
  void Burn() {
    for (int celsius : orders_) {
      if (on_heat_) on_heat_(celsius);
      token_.GiveBack();
    }
  }

  const std::function<void(int)> on_heat_;
  FireToken token_;
  heddle::Channel<int> orders_{4};
  heddle::WaitGroup burner_;
};

std::unique_ptr<Kiln> NewKiln(bool cold) {
  auto kiln = std::make_unique<Kiln>([](int celsius) { std::printf("%d degrees\n", celsius); });
  if (cold) kiln->Preheat();  // bug: deadlock
  return kiln;
}

int main() {
  for (bool cold : {false, true}) {
    std::unique_ptr<Kiln> kiln = NewKiln(cold);
    kiln->Start();  // bug: deadlock
    kiln->Stop();
  }
}
