// What: A cabinet counts all its modules at once, starts one per turn of a loop and waits in the same turn for all of them.
// Run: deadlock
#include <heddle/heddle.h>

#include <cstdio>
#include <memory>
#include <string>
#include <utility>
#include <vector>

class Module {
 public:
  virtual ~Module() = default;
  virtual const std::string& name() const = 0;
  virtual bool Start() = 0;
};

class FanModule : public Module {
 public:
  explicit FanModule(std::string name) : name_(std::move(name)) {}
  const std::string& name() const override { return name_; }
  bool Start() override { return !name_.empty(); }

 private:
  std::string name_;
};

class Cabinet {
 public:
  void Insert(std::unique_ptr<Module> module) { modules_.push_back(std::move(module)); }

  // Starts all modules at the same time.
  void PowerOn() {
    heddle::WaitGroup starting;
    starting.Add(static_cast<int>(modules_.size()));  // bug: counter-mismatch, deadlock, missing-done
    for (const auto& module : modules_) {
      heddle::go([this, &starting, module = module.get()] {
        HEDDLE_DEFER(starting.Done());
        if (module->Start()) Report(*module);
      });
      starting.Wait();  // bug: counter-mismatch, deadlock, missing-done
    }
  }

  int started() {
    heddle::MutexLock lock(mu_);
    return started_;
  }

 private:
  void Report(const Module& module) {
    heddle::MutexLock lock(mu_);
    std::printf("%s is up\n", module.name().c_str());
    ++started_;
  }

  std::vector<std::unique_ptr<Module>> modules_;
  heddle::Mutex mu_;
  int started_ = 0;
};

int main() {
  Cabinet cabinet;
  cabinet.Insert(std::make_unique<FanModule>("left fan"));
  cabinet.Insert(std::make_unique<FanModule>("right fan"));
  cabinet.PowerOn();  // bug: deadlock
  std::printf("%d modules\n", cabinet.started());
}
