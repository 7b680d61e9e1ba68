// What: A turbine's stop channel is made by the task that runs it; a stop that comes before the task has begun sends on the channel that is not there yet.
// Run: hang-some
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
    Open();
    HEDDLE_DEFER(stopped_.Close());
    const Signal stop = StopSignal();
    for (bool running = true; running;) {
      heddle::Select(heddle::OnRecv(wind, [&](std::optional<int> speed) { turns_ += *speed; }),
                     heddle::OnRecv(stop, [&](auto) { running = false; }));
    }
  }

  void Stop() {
    StopSignal().Send(heddle::Unit{});  // bug: nil-channel, deadlock, leaked-task
    stopped_.Recv();
  }

  int turns() const { return turns_; }

 private:
  Signal StopSignal() {
    heddle::MutexLock lock(mu_);
    return stop_;
  }

  heddle::Mutex mu_;
  Signal stop_ = Signal::Nil();  // bug: nil-channel
  Signal stopped_;
  int turns_ = 0;
};

class PowerPlant {
 public:
  void Start() {
    turbine_ = std::make_unique<Turbine>();
    tasks_.Go([this] { turbine_->Run(wind_); });  // bug: nil-channel, deadlock
  }

  void Blow(int speed) { wind_.Send(speed); }

  void Stop() {
    turbine_->Stop();  // bug: nil-channel, deadlock
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
