// What: A load meter starts one attempt after the other in a task and awaits its outcome or the stop; the attempt that runs at the stop reports to nobody, and the tasks are waited for.
// Run: deadlock
#include <heddle/heddle.h>

#include <atomic>
#include <cstdio>
#include <functional>
#include <optional>
#include <utility>

class LoadMeter {
 public:
  using Attempt = std::function<bool(int)>;

  explicit LoadMeter(Attempt attempt) : attempt_(std::move(attempt)) {}

  // Runs attempts until it is stopped.
  void Measure() {
    for (int number = 0;; ++number) {
      heddle::Channel<bool> outcome;  // bug: leaked-task, deadlock
      attempts_.Go([this, outcome, number] {  // bug: leaked-task
        if (!attempt_(number)) {
          outcome.Send(false);  // bug: leaked-task, deadlock
          return;
        }
        outcome.Send(true);  // bug: leaked-task, deadlock
      });
      const int chosen = heddle::Select(
          heddle::OnRecv(stop_),
          heddle::OnRecv(outcome, [this](std::optional<bool> ok) { Count(ok.value_or(false)); }));
      if (chosen == 0) return;  // bug: leaked-task, deadlock
    }
  }

  void Stop() { stop_.Close(); }

  // Waits for the attempts that are still running.
  void Drain() {
    attempts_.Wait();  // bug: deadlock
  }

  int good() const { return good_; }
  int failed() const { return failed_; }

 private:
  void Count(bool ok) { ++(ok ? good_ : failed_); }

  Attempt attempt_;
  heddle::Channel<heddle::Unit> stop_;
  heddle::WaitGroup attempts_;
  std::atomic<int> good_{0};
  std::atomic<int> failed_{0};
};

int main() {
  LoadMeter meter([](int number) {
    heddle::Yield();
    return number % 8 != 7;
  });
  heddle::WaitGroup runner;
  runner.Go([&] { meter.Measure(); });
  while (meter.good() < 20) heddle::Yield();
  meter.Stop();
  runner.Wait();
  meter.Drain();
  std::printf("%d good, %d failed\n", meter.good(), meter.failed());
}
