// What: A mixer of a task group reads a part from every stage; a stage that fails sends none, the group is cancelled and the mixer does not look at that.
// Run: hang-some
#include <heddle/heddle.h>

#include <cstdio>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>

class Mixer {
 public:
  using Stage = std::function<std::optional<int>()>;

  void Add(const std::string& name, Stage stage) { stages_[name].stage = std::move(stage); }

  heddle::Error Mix(int& out) {
    heddle::TaskGroup group;
    for (auto& [name, line] : stages_) {
      group.Go([&name = name, &line = line]() -> heddle::Error { return RunStage(name, line); });
    }
    group.Go([this, &group, &out] {  // bug: deadlock, leaked-task
      int sum = 0;
      for (auto& [name, line] : stages_) {
        std::optional<int> part = TakePart(line, group.Ctx());  // bug: deadlock, leaked-task
        if (!part) return;
        sum += *part;
      }
      out = sum;
    });
    return group.Wait();  // bug: deadlock
  }

 private:
  struct Line {
    Stage stage;
    heddle::Channel<int> parts{1};
  };

  static heddle::Error RunStage(const std::string& name, Line& line) {
    std::optional<int> part = line.stage();
    if (!part) return name + " is empty";  // bug: deadlock, leaked-task
    line.parts.Send(*part);
    return std::nullopt;
  }

  static std::optional<int> TakePart(const Line& line, const heddle::Context& ctx) {
    std::optional<int> part;
    if (ctx.Err() != heddle::ContextError::kOk) return part;
    part = line.parts.Recv();  // bug: deadlock, leaked-task
    return part;
  }

  std::map<std::string, Line> stages_;
};

int main() {
  Mixer mixer;
  mixer.Add("flour", [] { return std::optional<int>(500); });
  mixer.Add("sugar", []() -> std::optional<int> {
    heddle::Yield();
    return std::nullopt;
  });
  int grams = 0;
  const heddle::Error error = mixer.Mix(grams);  // bug: deadlock
  std::printf("%d g, %s\n", grams, error.value_or("fine").c_str());
}
