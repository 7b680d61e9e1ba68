// What: A merger of two lines leaves when it has seen two ends; a line that has ended is replaced by the nil channel.
// Run: clean
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
    running.Go([parts = parts_, out] {
      for (int part : parts) out.Send(part);
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
    while (open_ > 0) {
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
    --open_;
    from = heddle::RecvChannel<int>::Nil();
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
  lines.Wait();
  std::printf("sum %d\n", sum);
}
