// What: A container takes its health monitor out under its lock and stops it after the lock was dropped.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <functional>
#include <memory>
#include <utility>

class Monitor {
 public:
  explicit Monitor(std::function<void()> probe) : probe_(std::move(probe)) {
    loop_.Go([this] { Run(); });
  }
  ~Monitor() { loop_.Wait(); }

  void Stop() { stop_.Send({}); }

 private:
  void Run() {
    while (heddle::Select(heddle::OnRecv(stop_), heddle::OnDefault()) != 0) {
      probe_();
      heddle::Yield();
    }
  }

  std::function<void()> probe_;
  heddle::Channel<heddle::Unit> stop_;
  heddle::WaitGroup loop_;
};

class Container {
 public:
  void Start() {
    heddle::MutexLock lock(mu_);
    monitor_ = std::make_unique<Monitor>([this] { Probe(); });
  }

  void Stop() {
    std::unique_ptr<Monitor> monitor;
    {
      heddle::MutexLock lock(mu_);
      monitor = std::move(monitor_);
    }
    if (monitor) monitor->Stop();
  }

  int probes() {
    heddle::MutexLock lock(mu_);
    return probes_;
  }

 private:
  void Probe() {
    heddle::MutexLock lock(mu_);
    ++probes_;
  }

  heddle::Mutex mu_;
  std::unique_ptr<Monitor> monitor_;
  int probes_ = 0;
};

int main() {
  Container container;
  for (int restart = 0; restart < 50; ++restart) {
    container.Start();
    heddle::Yield();
    container.Stop();
  }
  std::printf("%d probes\n", container.probes());
}
