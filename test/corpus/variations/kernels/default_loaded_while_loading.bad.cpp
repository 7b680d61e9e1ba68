// What: Settings are loaded once; a theme that the loading falls back to asks for the settings, which waits for the loading that it is part of.
// Run: deadlock
#include <heddle/heddle.h>

#include <cstdio>
#include <map>
#include <memory>
#include <string>
#include <utility>

class Theme {
 public:
  virtual ~Theme() = default;
  virtual std::string Colour() = 0;
};

class Settings {
 public:
  explicit Settings(std::map<std::string, std::string> values) : values_(std::move(values)) {}

  void SetTheme(std::unique_ptr<Theme> theme) { theme_ = std::move(theme); }

  std::string Get(const std::string& key) {
    loaded_.Do([this] { Load(); });  // bug: double-lock, deadlock
    auto it = values_.find(key);
    return it == values_.end() ? "" : it->second;
  }

 private:
  void Load() {
    values_.emplace("language", "en");
    if (values_.contains("colour") || !theme_) return;
    values_["colour"] = theme_->Colour();  // bug: double-lock, deadlock
  }

  std::map<std::string, std::string> values_;
  std::unique_ptr<Theme> theme_;
  heddle::Once loaded_;
};

class RegionTheme : public Theme {
 public:
  explicit RegionTheme(Settings& settings) : settings_(settings) {}

  std::string Colour() override {
    return settings_.Get("language") == "en" ? "racing green" : "signal yellow";  // bug: double-lock, deadlock
  }

 private:
  Settings& settings_;
};

int main() {
  Settings settings(std::map<std::string, std::string>{{"volume", "7"}});
  settings.SetTheme(std::make_unique<RegionTheme>(settings));
  heddle::WaitGroup readers;
  for (const char* key : {"volume", "colour"}) {
    readers.Go([&settings, key] { std::printf("%s: %s\n", key, settings.Get(key).c_str()); });  // bug: double-lock, deadlock
  }
  readers.Wait();  // bug: deadlock
}
