// What: A purge counts all its plugins at once and waits after the loop that starts them.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <memory>
#include <string>
#include <vector>

class Plugin {
 public:
  explicit Plugin(std::string name) : name_(std::move(name)) {}
  void Disable() { std::printf("%s disabled\n", name_.c_str()); }

 private:
  std::string name_;
};

class PluginHost {
 public:
  void Load(const std::string& name) { plugins_.push_back(std::make_unique<Plugin>(name)); }

  void Purge() {
    heddle::WaitGroup group;
    group.Add(static_cast<int>(plugins_.size()));
    for (const std::unique_ptr<Plugin>& plugin : plugins_) {
      heddle::go([&group, plugin = plugin.get()] {
        HEDDLE_DEFER(group.Done());
        plugin->Disable();
      });
    }
    group.Wait();
    plugins_.clear();
  }

 private:
  std::vector<std::unique_ptr<Plugin>> plugins_;
};

int main() {
  PluginHost host;
  host.Load("spelling");
  host.Load("preview");
  host.Purge();
}
