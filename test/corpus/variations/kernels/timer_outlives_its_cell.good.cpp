// What: A cell's destructor stops the timer and waits for an expiry that has begun.
// Run: clean
#include <heddle/heddle.h>

#include <chrono>
#include <cstdio>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>

using namespace std::chrono_literals;

namespace {

class Cell {
 public:
  Cell(std::string value, std::chrono::nanoseconds ttl) : value_(std::move(value)) {
    expiry_.Add(1);
    timer_.emplace(heddle::Timer::AfterFunc(ttl, [this] {
      HEDDLE_DEFER(expiry_.Done());
      Expire();
    }));
  }
  Cell(const Cell&) = delete;
  Cell& operator=(const Cell&) = delete;
  ~Cell() {
    if (timer_->Stop()) expiry_.Done();
    expiry_.Wait();
  }

  std::string Get() const {
    heddle::MutexLock lock(mu_);
    return value_;
  }

 private:
  void Expire() {
    heddle::MutexLock lock(mu_);
    value_.clear();
  }

  mutable heddle::Mutex mu_;
  std::string value_;
  heddle::WaitGroup expiry_;
  std::optional<heddle::Timer> timer_;
};

class Cache {
 public:
  void Put(const std::string& key, std::string value, std::chrono::nanoseconds ttl) {
    cells_.insert_or_assign(key, std::make_unique<Cell>(std::move(value), ttl));
  }
  std::string Get(const std::string& key) const {
    auto it = cells_.find(key);
    return it == cells_.end() ? std::string() : it->second->Get();
  }
  void Drop(const std::string& key) { cells_.erase(key); }

 private:
  std::map<std::string, std::unique_ptr<Cell>> cells_;
};

}  // namespace

int main() {
  Cache cache;
  cache.Put("session", "ada", 300us);
  cache.Put("theme", "dark", 10s);
  std::printf("%s\n", cache.Get("theme").c_str());
  cache.Drop("session");
  cache.Put("session", "grace", 10s);
  heddle::Timer pause(2ms);
  pause.C().Recv();
  std::printf("%s\n", cache.Get("session").c_str());
}
