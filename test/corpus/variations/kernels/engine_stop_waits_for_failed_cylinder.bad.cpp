// What: An engine counts its cylinders when it starts; a cylinder that fails leaves through an exception before its Done, so the stop waits for ever.
// Run: deadlock
#include <heddle/heddle.h>

#include <cstdio>
#include <functional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

class Engine {
 public:
  using Ignite = std::function<bool(int cylinder)>;

  Engine(int cylinders, Ignite ignite) : cylinders_(cylinders), ignite_(std::move(ignite)) {}

  void Start() {
    for (int cylinder = 0; cylinder < cylinders_; ++cylinder) {
      running_.Add(1);  // bug: missing-done, counter-mismatch
      heddle::go(&Engine::RunCylinder, this, cylinder);  // bug: missing-done
    }
  }

  void Stop() {
    stop_.Close();
    running_.Wait();  // bug: missing-done, deadlock, counter-mismatch
  }

  int strokes() {
    heddle::MutexLock lock(mu_);
    return strokes_;
  }

 private:
  void RunCylinder(int cylinder) {
    while (!Stopped()) {
      if (!Stroke(cylinder)) break;
      heddle::Yield();
    }
    running_.Done();  // bug: missing-done, done-not-deferred
  }

  bool Stopped() const { return stop_.TryRecv().state == heddle::RecvState::kClosed; }

  // False when the cylinder has no fuel left.
  bool Stroke(int cylinder) {
    heddle::MutexLock lock(mu_);
    if (!ignite_(cylinder)) {
      throw std::runtime_error("cylinder " + std::to_string(cylinder) + " is wet");  // bug: missing-done
    }
    ++strokes_;
    return strokes_ < 1000;
  }

  const int cylinders_;
  Ignite ignite_;
  heddle::Channel<heddle::Unit> stop_;
  heddle::WaitGroup running_;
  heddle::Mutex mu_;
  int strokes_ = 0;
};

int main() {
  Engine engine(4, [strokes = std::vector<int>(4)](int cylinder) mutable {
    return cylinder != 2 || ++strokes[cylinder] < 3;
  });
  engine.Start();
  heddle::WaitGroup driver;
  driver.Go([&] {
    for (int i = 0; i < 2000 && engine.strokes() < 100; ++i) heddle::Yield();
    engine.Stop();  // bug: deadlock
  });
  driver.Wait();  // bug: deadlock
  std::printf("stopped\n");
}
