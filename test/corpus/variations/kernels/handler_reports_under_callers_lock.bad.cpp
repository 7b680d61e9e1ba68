// What: An observatory's handler reports each reading on a channel with a lock held; the one that is to receive the report first takes that lock.
// Run: hang-some
#include <heddle/heddle.h>

#include <cstdio>
#include <functional>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

struct Reading {
  int mast;
  int knots;
};
using Handler = std::function<void(const Reading&)>;

class Monitor {
 public:
  virtual ~Monitor() = default;
  virtual void OnReading(Handler handler) = 0;
  virtual void Schedule(const Reading& reading) = 0;
  virtual void Run(heddle::RecvChannel<heddle::Unit> stop) = 0;
};

class QueueMonitor : public Monitor {
 public:
  void OnReading(Handler handler) override { handlers_.push_back(std::move(handler)); }
  void Schedule(const Reading& reading) override { readings_.Send(reading); }

  void Run(heddle::RecvChannel<heddle::Unit> stop) override {
    for (bool running = true; running;) {
      heddle::Select(
          heddle::OnRecv(stop, [&](auto) { running = false; }),
          heddle::OnRecv(readings_, [this](std::optional<Reading> next) { Apply(*next); }));
    }
  }

 private:
  void Apply(const Reading& reading) {
    for (const Handler& handler : handlers_) handler(reading);  // bug: blocking-under-lock, deadlock
  }

  std::vector<Handler> handlers_;
  heddle::Channel<Reading> readings_;
};

class Observatory {
 public:
  explicit Observatory(std::unique_ptr<Monitor> monitor) : monitor_(std::move(monitor)) {}

  void Start() {
    runner_.Go([this] { monitor_->Run(stop_); });
  }
  void Observe(int knots) { monitor_->Schedule({1, knots}); }
  void OnReading(Handler handler) { monitor_->OnReading(std::move(handler)); }

  void Stop() {
    stop_.Close();
    runner_.Wait();
  }

 private:
  std::unique_ptr<Monitor> monitor_;
  heddle::Channel<heddle::Unit> stop_;
  heddle::WaitGroup runner_;
};

int main() {
  Observatory observatory(std::make_unique<QueueMonitor>());
  heddle::Mutex mu;
  int strongest = 0;
  heddle::Channel<int> reported;
  observatory.OnReading([&, reported](const Reading& reading) {
    heddle::MutexLock lock(mu);  // bug: blocking-under-lock, deadlock
    if (reading.knots > strongest) strongest = reading.knots;
    reported.Send(reading.mast);  // bug: blocking-under-lock, deadlock, leaked-task
  });

  observatory.Start();
  observatory.Observe(12);
  {
    heddle::MutexLock lock(mu);  // bug: blocking-under-lock, deadlock
    std::printf("so far %d knots\n", strongest);
  }
  std::printf("mast %d\n", reported.Recv().value_or(0));
  observatory.Stop();
}
