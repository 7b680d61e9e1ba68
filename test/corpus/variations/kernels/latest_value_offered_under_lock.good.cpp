// What: A gauge offers its value to every viewer with its lock held; it selects with a default, so a viewer that is not ready misses the value and holds nobody up.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <map>
#include <optional>

class Gauge {
 public:
  heddle::RecvChannel<int> Watch(int viewer) {
    heddle::MutexLock lock(mu_);
    heddle::Channel<int>& values = viewers_[viewer];
    return values;
  }

  void Leave(int viewer) {
    heddle::MutexLock lock(mu_);
    viewers_.erase(viewer);
  }

  // Returns how many viewers took the value.
  int Set(int value) {
    heddle::MutexLock lock(mu_);
    value_ = value;
    int taken = 0;
    for (auto& [viewer, values] : viewers_) {
      const int chosen = heddle::Select(heddle::OnSend(values, value_), heddle::OnDefault());
      if (chosen == 0) ++taken;
    }
    return taken;
  }

  int value() {
    heddle::MutexLock lock(mu_);
    return value_;
  }

 private:
  heddle::Mutex mu_;
  std::map<int, heddle::Channel<int>> viewers_;
  int value_ = 0;
};

int main() {
  Gauge gauge;
  heddle::Channel<heddle::Unit> done;
  heddle::WaitGroup viewers;
  for (int viewer = 1; viewer <= 3; ++viewer) {
    viewers.Go([&gauge, viewer, done, values = gauge.Watch(viewer)] {
      int last = 0;
      for (bool open = true; open;) {
        heddle::Select(
            heddle::OnRecv(values, [&](std::optional<int> value) {
              // Needs the gauge's lock: Set must not wait for this viewer.
              last = gauge.value() >= *value ? *value : last;
            }),
            heddle::OnRecv(done, [&](auto) { open = false; }));
      }
      gauge.Leave(viewer);
    });
  }
  int taken = 0;
  for (int value = 1; value <= 100; ++value) {
    taken += gauge.Set(value);
    heddle::Yield();
  }
  done.Close();
  viewers.Wait();
  std::printf("at %d, taken: %s\n", gauge.value(), taken >= 0 ? "some" : "none");
}
