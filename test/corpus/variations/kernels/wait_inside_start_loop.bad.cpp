// What: A plugin manager counts all its plugins at once and waits for them inside the loop that starts them, so the first wait never ends.
// Run: deadlock
#include <heddle/heddle.h>

#include <cstdio>
#include <memory>
#include <string>
#include <utility>
#include <vector>

class Plugin {
 public:
  explicit Plugin(std::string name) : name_(std::move(name)) {}
  virtual ~Plugin() = default;
  virtual void Restore() { std::printf("%s restored\n", name_.c_str()); }

 protected:
  std::string name_;
};

class SlowPlugin : public Plugin {
 public:
  using Plugin::Plugin;
  void Restore() override {
    heddle::Yield();
    Plugin::Restore();
  }
};

class PluginManager {
 public:
  void Register(std::unique_ptr<Plugin> plugin) { plugins_.push_back(std::move(plugin)); }

  void RestoreAll() {
    heddle::WaitGroup restored;
    restored.Add(static_cast<int>(plugins_.size()));  // bug: counter-mismatch, deadlock
    for (auto& plugin : plugins_) {
      heddle::go([&restored, target = plugin.get()] {  // bug: counter-mismatch, deadlock
        HEDDLE_DEFER(restored.Done());
        target->Restore();
      });
      restored.Wait();  // bug: counter-mismatch, deadlock
    }
  }

 private:
  std::vector<std::unique_ptr<Plugin>> plugins_;
};

int main() {
  PluginManager manager;
  manager.Register(std::make_unique<Plugin>("volume"));
  manager.Register(std::make_unique<SlowPlugin>("network"));
  manager.Register(std::make_unique<Plugin>("log"));
  manager.RestoreAll();
}
