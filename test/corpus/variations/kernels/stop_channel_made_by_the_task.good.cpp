// What: A turbine's stop channel is made before the task that runs it is started, so a stop always finds it.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <memory>
#include <optional>
#include <utility>

using Signal = heddle::Channel<heddle::Unit>;

class Turbine {
 public:
  void Open() {
    heddle::MutexLock lock(mu_);
    stop_ = Signal();
  }

  void Run(heddle::RecvChannel<int> wind) {
    HEDDLE_DEFER(stopped_.Close());
    const Signal stop = StopSignal();
    for (bool running = true; running;) {
      heddle::Select(heddle::OnRecv(wind, [&](std::optional<int> speed) { turns_ += *speed; }),
                     heddle::OnRecv(stop, [&](auto) { running = false; }));
    }
  }

  void Stop() {
    StopSignal().Send(heddle::Unit{});
    stopped_.Recv();
  }

  int turns() const { return turns_; }

 private:
  Signal StopSignal() {
    heddle::MutexLock lock(mu_);
    return stop_;
  }

  heddle::Mutex mu_;
  Signal stop_ = Signal::Nil();
  Signal stopped_;
  int turns_ = 0;
};

class PowerPlant {
 public:
  void Start() {
    turbine_ = std::make_unique<Turbine>();
    turbine_->Open();
    tasks_.Go([this] { turbine_->Run(wind_); });
  }

  void Blow(int speed) { wind_.Send(speed); }

  void Stop() {
    turbine_->Stop();
    tasks_.Wait();
    std::printf("%d turns\n", turbine_->turns());
  }

 private:
  std::unique_ptr<Turbine> turbine_;
  heddle::Channel<int> wind_{4};
  heddle::WaitGroup tasks_;
};

int main() {
  PowerPlant plant;
  plant.Start();
  plant.Blow(3);
  plant.Stop();
}
