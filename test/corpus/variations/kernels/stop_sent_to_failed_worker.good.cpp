// What: A benchmark's worker leaves at its first error; the stop closes a channel, which needs nobody to be there.
// Run: clean
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
        if (!call_(number)) return;
        heddle::Yield();
      }
    });
  }

  void Stop() {
    stop_.Close();
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
  benchmark.Stop();
  std::printf("stopped\n");
}
