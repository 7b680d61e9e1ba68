// What: A valve's flow is closed by whoever comes first, the alarm when the pressure is high or its owner at the end of the scope.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <functional>
#include <utility>

class Valve {
 public:
  heddle::RecvChannel<heddle::Unit> Shut() const { return shut_; }

  void Close() {
    once_.Do([this] { shut_.Close(); });
  }

 private:
  heddle::Channel<heddle::Unit> shut_;
  heddle::Once once_;
};

class Alarm {
 public:
  explicit Alarm(std::function<void()> raise) : raise_(std::move(raise)) {}
  void Watch(heddle::RecvChannel<int> pressures) {
    bool raised = false;
    for (int bar : pressures) {
      if (bar <= kLimit || raised) continue;
      raised = true;
      raise_();
    }
  }

 private:
  static constexpr int kLimit = 9;
  std::function<void()> raise_;
};

class Plant {
 public:
  int Run() {
    heddle::WaitGroup tasks;
    int litres = 0;
    tasks.Go([this] { alarm_.Watch(pressures_); });
    tasks.Go([this, &litres] {
      while (heddle::Select(heddle::OnRecv(valve_.Shut()), heddle::OnTimeout(std::chrono::microseconds(20))) == 1) ++litres;
    });
    for (int bar : {4, 7, 11, 6}) pressures_.Send(bar);
    pressures_.Close();
    heddle::Defer wait([&] { tasks.Wait(); });
    HEDDLE_DEFER(valve_.Close());
    return litres > 0 ? 0 : bar_;
  }

 private:
  int bar_ = 0;
  heddle::Channel<int> pressures_;
  Valve valve_;
  Alarm alarm_{[this] { valve_.Close(); }};
};

int main() {
  Plant plant;
  heddle::WaitGroup shift;
  shift.Go([&] { plant.Run(); });
  shift.Wait();
  std::printf("plant is down\n");
}
