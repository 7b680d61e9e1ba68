// What: A container stops its health monitor with its lock held and waits until the monitor took the stop; the monitor is about to store its result under that lock.
// Run: hang-some
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

  void Stop() { stop_.Send({}); }  // bug: blocking-under-lock, deadlock

 private:
  void Run() {
    while (heddle::Select(heddle::OnRecv(stop_), heddle::OnDefault()) != 0) {
      probe_();  // bug: blocking-under-lock, deadlock
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
    heddle::MutexLock lock(mu_);  // bug: blocking-under-lock, deadlock
    if (!monitor_) return;
    monitor_->Stop();  // bug: blocking-under-lock, deadlock
    monitor_.reset();
  }

  int probes() {
    heddle::MutexLock lock(mu_);
    return probes_;
  }

 private:
  void Probe() {
    heddle::MutexLock lock(mu_);  // bug: blocking-under-lock, deadlock
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
    container.Stop();  // bug: blocking-under-lock, deadlock
  }
  std::printf("%d probes\n", container.probes());
}
