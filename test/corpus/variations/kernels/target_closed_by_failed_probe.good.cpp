// What: A kiln's monitor says on a channel of its own that it has ended; a target that comes after that is dropped.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <map>
#include <memory>
#include <optional>
#include <string>

class Monitor {
 public:
  virtual ~Monitor() = default;
  virtual void Run() = 0;
  virtual void SetTarget(int degrees) = 0;
  virtual void Stop() = 0;
};

class KilnMonitor : public Monitor {
 public:
  explicit KilnMonitor(int limit) : limit_(limit) {}

  void Run() override {
    HEDDLE_DEFER(ended_.Close());
    for (bool running = true; running;) {
      heddle::Select(
          heddle::OnRecv(targets_, [&](std::optional<int> target) { running = Probe(*target); }),
          heddle::OnRecv(stop_, [&](auto) { running = false; }));
    }
  }

  void SetTarget(int degrees) override {
    heddle::Select(heddle::OnSend(targets_, degrees), heddle::OnRecv(ended_));
  }

  void Stop() override { stop_.Close(); }

 private:
  bool Probe(int target) const {
    std::printf("heading for %d\n", target);
    return target <= limit_;
  }

  const int limit_;
  heddle::Channel<int> targets_;
  heddle::Channel<heddle::Unit> stop_;
  heddle::Channel<heddle::Unit> ended_;
};

class Pottery {
 public:
  void TargetChanged(const std::string& kiln, int degrees) {
    MonitorOf(kiln)->SetTarget(degrees);
  }

  void Close() {
    for (auto& [kiln, monitor] : monitors_) monitor->Stop();
    running_.Wait();
  }

 private:
  std::shared_ptr<Monitor> MonitorOf(const std::string& kiln) {
    heddle::MutexLock lock(mu_);
    std::shared_ptr<Monitor>& monitor = monitors_[kiln];
    if (!monitor) {
      monitor = std::make_shared<KilnMonitor>(1000);
      running_.Go([monitor] { monitor->Run(); });
    }
    return monitor;
  }

  heddle::Mutex mu_;
  std::map<std::string, std::shared_ptr<Monitor>> monitors_;
  heddle::WaitGroup running_;
};

int main() {
  Pottery pottery;
  heddle::WaitGroup potter;
  potter.Go([&] {
    for (int degrees : {600, 900, 1200, 800}) pottery.TargetChanged("left", degrees);
  });
  potter.Go([&] { pottery.TargetChanged("right", 700); });
  potter.Wait();
  pottery.Close();
}
