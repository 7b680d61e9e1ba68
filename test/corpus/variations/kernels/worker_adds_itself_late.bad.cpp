// What: A harbour's launcher starts its pilots as tasks that count themselves in; the harbour may find nobody counted yet and go home before a pilot has begun.
// Run: lost-work
#include <heddle/heddle.h>

#include <cstdio>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

class Launcher {
 public:
  using Body = std::function<void(const heddle::Context&)>;

  void Launch(const heddle::Context& ctx, Body body) {
    heddle::go([this, ctx, body = std::move(body)] {  // bug: add-after-spawn, missing-wait, unawaited-task, dangling-capture
      running_.Add(1);  // bug: add-after-spawn, missing-wait
      HEDDLE_DEFER(running_.Done());
      body(ctx);
    });
  }

  void Wait() {
    running_.Wait();  // bug: add-after-spawn, missing-wait
  }

 private:
  heddle::WaitGroup running_;
};

class Pilot {
 public:
  virtual ~Pilot() = default;
  virtual void Guide(const heddle::Context& ctx) = 0;
};

class NightPilot : public Pilot {
 public:
  explicit NightPilot(std::string ship) : ship_(std::move(ship)) {}
  void Guide(const heddle::Context& ctx) override {
    if (ctx.Err() == heddle::ContextError::kOk) std::printf("%s is in\n", ship_.c_str());
  }

 private:
  const std::string ship_;
};

int main() {
  std::vector<std::shared_ptr<Pilot>> pilots;
  for (const char* ship : {"lady ann", "north star", "heron"}) {
    pilots.push_back(std::make_shared<NightPilot>(ship));
  }
  Launcher launcher;
  for (const std::shared_ptr<Pilot>& pilot : pilots) {
    launcher.Launch(heddle::Background(),
                    [pilot](const heddle::Context& ctx) { pilot->Guide(ctx); });
  }
  launcher.Wait();  // bug: missing-wait, add-after-spawn
}
