// What: A harbour's launcher counts every pilot in before it starts the task, which counts itself out.
// Run: clean
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
    running_.Add(1);
    heddle::go([this, ctx, body = std::move(body)] {
      HEDDLE_DEFER(running_.Done());
      body(ctx);
    });
  }

  void Wait() {
    running_.Wait();
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
  launcher.Wait();
}
