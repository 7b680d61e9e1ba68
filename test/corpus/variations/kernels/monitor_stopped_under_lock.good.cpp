// What: A probe monitor locks its container at each look; stopping the monitor closes its stop channel with that lock held.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <memory>
#include <string>

struct State {
  heddle::Mutex mu;
  std::string health = "starting";
  int probes = 0;
};

class Monitor {
 public:
  Monitor(State& state, heddle::WaitGroup& tasks) : state_(state) {
    tasks.Go([this] { Run(); });
  }

  void Stop() {
    stop_.Close();
  }

 private:
  void Run() {
    for (;;) {
      switch (heddle::Select(heddle::OnRecv(stop_), heddle::OnDefault())) {
        case 0:
          return;
        default:
          Probe();
      }
    }
  }

  void Probe() {
    heddle::MutexLock lock(state_.mu);
    ++state_.probes;
    state_.health = "healthy";
  }

  State& state_;
  heddle::Channel<heddle::Unit> stop_;
};

class Container {
 public:
  void Start() { monitor_ = std::make_unique<Monitor>(state_, tasks_); }
  void Stop() {
    {
      heddle::MutexLock lock(state_.mu);
      state_.health = "stopped";
      monitor_->Stop();
    }
    tasks_.Wait();
  }

 private:
  State state_;
  heddle::WaitGroup tasks_;
  std::unique_ptr<Monitor> monitor_;
};

int main() {
  Container container;
  container.Start();
  container.Stop();
  std::printf("stopped\n");
}
