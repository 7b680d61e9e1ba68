// What: A merger of two lines leaves when it has seen two ends; a line that has ended is ready again and again, so its end is counted twice and the other line's sender is left.
// Run: hang-some
#include <heddle/heddle.h>

#include <cstdio>
#include <functional>
#include <optional>
#include <utility>
#include <vector>

class Line {
 public:
  explicit Line(std::vector<int> parts) : parts_(std::move(parts)) {}

  heddle::RecvChannel<int> Start(heddle::WaitGroup& running) {
    heddle::Channel<int> out;
    running.Go([parts = parts_, out] {  // bug: leaked-task
      for (int part : parts) out.Send(part);  // bug: leaked-task, deadlock
      out.Close();
    });
    return out;
  }

 private:
  std::vector<int> parts_;
};

class Merger {
 public:
  Merger(heddle::RecvChannel<int> left, heddle::RecvChannel<int> right)
      : left_(std::move(left)), right_(std::move(right)) {}

  void Run(const std::function<void(int)>& use) {
    while (open_ > 0) {  // bug: leaked-task, deadlock
      heddle::Select(
          heddle::OnRecv(left_, [&](std::optional<int> part) { Take(left_, part, use); }),
          heddle::OnRecv(right_, [&](std::optional<int> part) { Take(right_, part, use); }));
    }
  }

 private:
  void Take([[maybe_unused]] heddle::RecvChannel<int>& from, std::optional<int> part, const std::function<void(int)>& use) {
    if (part) {
      use(*part);
      return;
    }
    --open_;  // bug: leaked-task, deadlock
  }

  heddle::RecvChannel<int> left_;
  heddle::RecvChannel<int> right_;
  int open_ = 2;
};

int main() {
  heddle::WaitGroup lines;
  Merger merger(Line({1, 2}).Start(lines), Line({3, 4, 5, 6, 7, 8, 9}).Start(lines));
  int sum = 0;
  merger.Run([&sum](int part) { sum += part; });
  lines.Wait();  // bug: deadlock
  std::printf("sum %d\n", sum);
}
