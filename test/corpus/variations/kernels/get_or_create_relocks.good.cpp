// What: A registry's find-or-create takes its lock and looks the name up with a helper that expects the lock to be held.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <memory>
#include <string>
#include <unordered_map>
#include <utility>

template <class Metric>
class Registry {
 public:
  std::shared_ptr<Metric> Find(const std::string& name) {
    heddle::MutexLock lock(mu_);
    return FindLocked(name);
  }

  template <class... Args>
  std::shared_ptr<Metric> FindOrCreate(const std::string& name, Args&&... args) {
    heddle::MutexLock lock(mu_);
    if (auto found = FindLocked(name)) return found;
    auto made = std::make_shared<Metric>(std::forward<Args>(args)...);
    metrics_.emplace(name, made);
    return made;
  }

 private:
  std::shared_ptr<Metric> FindLocked(const std::string& name) const {
    auto it = metrics_.find(name);
    return it == metrics_.end() ? nullptr : it->second;
  }

  heddle::Mutex mu_;
  std::unordered_map<std::string, std::shared_ptr<Metric>> metrics_;
};

class Counter {
 public:
  explicit Counter(int start) : value_(start) {}
  void Add(int by) {
    heddle::MutexLock lock(mu_);
    value_ += by;
  }
  int value() {
    heddle::MutexLock lock(mu_);
    return value_;
  }

 private:
  heddle::Mutex mu_;
  int value_;
};

int main() {
  Registry<Counter> registry;
  heddle::WaitGroup tasks;
  for (int i = 0; i < 3; ++i) {
    tasks.Go([&] { registry.FindOrCreate("requests", 0)->Add(1); });
  }
  tasks.Wait();
  std::printf("%d requests\n", registry.Find("requests")->value());
}
