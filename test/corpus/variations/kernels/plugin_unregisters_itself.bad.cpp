// What: A plugin host calls every registered hook with its lock held; a hook that is used up takes itself off the list, which needs that lock.
// Run: deadlock
#include <heddle/heddle.h>

#include <cstdio>
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

class Host {
 public:
  using Hook = std::function<void(const std::string& event)>;

  int Register(Hook hook) {
    heddle::MutexLock lock(mu_);
    hooks_[++last_] = std::move(hook);
    return last_;
  }

  void Unregister(int id) {
    heddle::MutexLock lock(mu_);  // bug: double-lock, deadlock
    hooks_.erase(id);
  }

  void Fire(const std::string& event) {
    heddle::MutexLock lock(mu_);  // bug: double-lock, deadlock, callback-under-lock
    for (const auto& [id, hook] : hooks_) hook(event);  // bug: double-lock, deadlock, callback-under-lock
  }

 private:
  heddle::Mutex mu_;
  std::map<int, Hook> hooks_;
  int last_ = 0;
};

// Reacts to the first `times` events only.
class LimitedPlugin {
 public:
  LimitedPlugin(Host& host, int times) : host_(host), left_(times) {
    id_ = host_.Register([this](const std::string& event) { OnEvent(event); });
  }

 private:
  void OnEvent(const std::string& event) {
    std::printf("plugin %d saw %s\n", id_, event.c_str());
    if (--left_ == 0) {
      host_.Unregister(id_);  // bug: double-lock, deadlock
    }
  }

  Host& host_;
  int left_;
  int id_ = 0;
};

int main() {
  Host host;
  LimitedPlugin plugin(host, 2);
  heddle::WaitGroup driver;
  driver.Go([&host] {
    for (const char* event : {"start", "save", "quit"}) host.Fire(event);  // bug: double-lock, deadlock, callback-under-lock
  });
  driver.Wait();  // bug: deadlock
}
