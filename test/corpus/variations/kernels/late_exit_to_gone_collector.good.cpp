// What: A play's director collects the actors that have left the stage and goes home when the play is cancelled; an actor hands its note over or sees the cancellation too.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

class Part {
 public:
  virtual ~Part() = default;
  virtual std::string Play() = 0;
};

class Extra : public Part {
 public:
  explicit Extra(int lines) : lines_(lines) {}
  std::string Play() override {
    for (int line = 0; line < lines_; ++line) heddle::Yield();
    return std::to_string(lines_) + " lines";
  }

 private:
  const int lines_;
};

class Stage {
 public:
  explicit Stage(const heddle::Context& ctx) : ctx_(ctx) {}

  void Enter(std::unique_ptr<Part> part) {
    actors_.Go([this, part = std::move(part)] { Leave(part->Play()); });
  }

  // Calls `note` for everyone who leaves, `expected` at most.
  void Collect(int expected, const std::function<void(const std::string&)>& note) {
    while (expected > 0) {
      const int chosen = heddle::Select(
          heddle::OnRecv(left_, [&](std::optional<std::string> text) { note(*text); }),
          heddle::OnRecv(ctx_.Done()));
      if (chosen == 1) return;
      --expected;
    }
  }

  void AwaitEmpty() {
    actors_.Wait();
  }

 private:
  void Leave(const std::string& text) {
    heddle::Select(heddle::OnSend(left_, text), heddle::OnRecv(ctx_.Done()));
  }

  const heddle::Context ctx_;
  heddle::Channel<std::string> left_;
  heddle::WaitGroup actors_;
};

int main() {
  auto [ctx, cancel] = heddle::WithCancel(heddle::Background());
  Stage stage(ctx);
  for (int lines = 1; lines <= 4; ++lines) stage.Enter(std::make_unique<Extra>(lines * lines));

  std::vector<std::string> notes;
  heddle::WaitGroup director;
  director.Go([&] {
    stage.Collect(4, [&](const std::string& text) { notes.push_back(text); });
  });
  heddle::Yield();
  cancel();
  director.Wait();
  stage.AwaitEmpty();
  std::printf("%zu of 4 handed in\n", notes.size());
}
