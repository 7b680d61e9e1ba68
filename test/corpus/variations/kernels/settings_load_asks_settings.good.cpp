// What: Settings are loaded once, on first use; loading reads the language from what it has loaded itself.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <functional>
#include <map>
#include <string>
#include <utility>

class Settings {
 public:
  using Loader = std::function<std::map<std::string, std::string>(const Settings&)>;
  explicit Settings(Loader loader) : loader_(std::move(loader)) {}

  std::string Get(const std::string& key) const {
    EnsureLoaded();
    return GetRaw(key);
  }

  std::string GetRaw(const std::string& key) const {
    auto it = values_.find(key);
    return it == values_.end() ? "default" : it->second;
  }

 private:
  void EnsureLoaded() const {
    once_.Do([this] { values_ = loader_(*this); });
  }

  Loader loader_;
  mutable heddle::Once once_;
  mutable std::map<std::string, std::string> values_;
};

class Translator {
 public:
  explicit Translator(const Settings& settings) : settings_(settings) {}
  std::string Hello() const {
    return settings_.GetRaw("language") == "de" ? "Hallo" : "Hello";
  }

 private:
  const Settings& settings_;
};

std::map<std::string, std::string> LoadDefaults(const Settings& settings) {
  std::map<std::string, std::string> values;
  values["theme"] = "dark";
  values["greeting"] = Translator(settings).Hello();
  return values;
}

int main() {
  Settings settings(LoadDefaults);
  heddle::WaitGroup windows;
  for (const char* key : {"theme", "greeting"}) {
    windows.Go([&settings, key] { std::printf("%s: %s\n", key, settings.Get(key).c_str()); });
  }
  windows.Wait();
}
