// What: A dive starts its air watch under a context and cancels that on every way out.
// Run: clean
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
    auto [ctx, cancel] = heddle::WithCancel(heddle::Background());
    HEDDLE_DEFER(cancel());
    watches_.Go([this, diver, ctx = ctx] { WatchAir(diver, ctx); });
    if (heddle::Error error = plan_.Check(metres)) {
      return error;
    }
    for (int depth = 0; depth < metres; depth += 10) heddle::Yield();
    return std::nullopt;
  }

  void Wait() {
    watches_.Wait();
  }

 private:
  void WatchAir(const std::string& diver, const heddle::Context& ctx) {
    ctx.Done().Recv();
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
    if (heddle::Error error = master.Dive(diver, metres)) {
      std::printf("%s: %s\n", diver.c_str(), error->c_str());
    }
  }
  master.Wait();
}
