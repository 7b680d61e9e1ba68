// What: A benchmark's worker leaves at its first error; the stop is sent on an unbuffered channel to a worker that is gone.
// Run: deadlock
#include <heddle/heddle.h>

#include <cstdio>
#include <functional>
#include <stdexcept>
#include <utility>

class Benchmark {
 public:
  using Call = std::function<bool(int)>;
  explicit Benchmark(Call call) : call_(std::move(call)) {}

  void Start() {
    worker_.Go([this] {
      for (int number = 0;; ++number) {
        if (heddle::Select(heddle::OnRecv(stop_), heddle::OnDefault()) == 0) return;
        if (!call_(number)) return;  // bug: deadlock, leaked-task
        heddle::Yield();
      }
    });
  }

  void Stop() {
    stop_.Send({});  // bug: deadlock, leaked-task
    worker_.Wait();
  }

 private:
  Call call_;
  heddle::Channel<heddle::Unit> stop_;
  heddle::WaitGroup worker_;
};

int main() {
  Benchmark benchmark([](int number) { return number < 5; });
  benchmark.Start();
  heddle::Sleep(std::chrono::milliseconds(5));
  benchmark.Stop();  // bug: deadlock
  std::printf("stopped\n");
}
