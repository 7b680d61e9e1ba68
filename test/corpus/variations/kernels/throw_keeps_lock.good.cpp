// What: A settings store parses a value before it takes its lock.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>

class Settings {
 public:
  void Set(const std::string& key, const std::string& text) {
    const int value = Parse(text);
    heddle::MutexLock lock(mu_);
    values_[key] = value;
  }

  int Get(const std::string& key) {
    heddle::MutexLock lock(mu_);
    auto it = values_.find(key);
    return it == values_.end() ? 0 : it->second;
  }

 private:
  static int Parse(const std::string& text) {
    if (text.empty()) throw std::invalid_argument("empty value");
    int value = 0;
    for (char c : text) {
      if (c < '0' || c > '9') throw std::invalid_argument("not a number: " + text);
      value = value * 10 + (c - '0');
    }
    return value;
  }

  heddle::Mutex mu_;
  std::map<std::string, int> values_;
};

bool TrySet(Settings& settings, const std::string& key, const std::string& text) {
  try {
    settings.Set(key, text);
    return true;
  } catch (const std::invalid_argument& error) {
    std::printf("%s: %s\n", key.c_str(), error.what());
    return false;
  }
}

int main() {
  Settings settings;
  heddle::WaitGroup loaders;
  loaders.Go([&settings] {
    TrySet(settings, "width", "80");
    TrySet(settings, "height", "tall");
    TrySet(settings, "depth", "3");
  });
  loaders.Wait();
  std::printf("width %d\n", settings.Get("width"));
}
