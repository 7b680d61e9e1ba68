// What: A dive starts its air watch under a context and cancels that at its end; a dive that the plan refuses returns before that, and the watch never ends.
// Run: deadlock
#include <heddle/heddle.h>

#include <cstdio>
#include <functional>
#include <map>
#include <string>
#include <utility>

class Plan {
 public:
  virtual ~Plan() = default;
  virtual heddle::Error Check(int metres) const = 0;
};

class ReefPlan : public Plan {
 public:
  heddle::Error Check(int metres) const override {
    if (metres > 40) return "too deep";
    return std::nullopt;
  }
};

class DiveMaster {
 public:
  explicit DiveMaster(const Plan& plan) : plan_(plan) {}

  heddle::Error Dive(const std::string& diver, int metres) {
    auto [ctx, cancel] = heddle::WithCancel(heddle::Background());  // bug: lost-cancel
    watches_.Go([this, diver, ctx = ctx] { WatchAir(diver, ctx); });  // bug: lost-cancel, leaked-task, deadlock
    if (heddle::Error error = plan_.Check(metres)) {
      return error;  // bug: lost-cancel, leaked-task, deadlock
    }
    for (int depth = 0; depth < metres; depth += 10) heddle::Yield();
    cancel();  // bug: lost-cancel
    return std::nullopt;
  }

  void Wait() {
    watches_.Wait();  // bug: deadlock
  }

 private:
  void WatchAir(const std::string& diver, const heddle::Context& ctx) {
    ctx.Done().Recv();  // bug: lost-cancel, leaked-task, deadlock
    std::printf("%s is back\n", diver.c_str());
  }

  const Plan& plan_;
  heddle::WaitGroup watches_;
};

int main() {
  ReefPlan plan;
  DiveMaster master(plan);
  const std::map<std::string, int> dives{{"ines", 18}, {"jon", 55}, {"kai", 30}};
  for (const auto& [diver, metres] : dives) {
    if (heddle::Error error = master.Dive(diver, metres)) {  // bug: lost-cancel
      std::printf("%s: %s\n", diver.c_str(), error->c_str());
    }
  }
  master.Wait();  // bug: deadlock
}
