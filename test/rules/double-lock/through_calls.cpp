// RUN: %expect %s
#include <heddle/heddle.h>

#include <functional>
#include <map>
#include <mutex>
#include <string>

class Registry {
 public:
  void Add(const std::string& name) {
    std::lock_guard<std::mutex> lock(mu_);  // note: "'mu_' is acquired here"
    if (entries_.size() > 100) Evict();  // note: "called here"
    entries_[name] = 1;
  }
  void Evict() {
    std::lock_guard<std::mutex> lock(mu_);  // want: double-lock "'mu_' is acquired again"
    entries_.clear();
  }
  // Splits the work as it should be.
  void AddAll(int n) {
    std::lock_guard<std::mutex> lock(mu_);
    for (int i = 0; i < n; ++i) AddLocked("x");
  }
  template <class F>
  void With(F f) {
    std::lock_guard<std::mutex> lock(mu_);
    f(*this);
  }
  std::size_t Size() {
    std::lock_guard<std::mutex> lock(mu_);  // want: double-lock "acquired again"
    return entries_.size();
  }

 private:
  void AddLocked(const std::string& name) { entries_[name] = 1; }
  std::mutex mu_;
  std::map<std::string, int> entries_;
};

void CallbackRelocks(Registry& registry) {
  registry.With([](Registry& r) { r.Size(); });
}

// The guard of a user's own.
class Locker {
 public:
  explicit Locker(heddle::Mutex& mu) : mu_(mu) {
    mu_.Lock();  // want: double-lock "acquired again"
  }
  ~Locker() { mu_.Unlock(); }

 private:
  heddle::Mutex& mu_;
};

heddle::Mutex mu;
void OwnGuardTwice() {
  Locker outer(mu);
  Locker inner(mu);
}
void OwnGuardOnce() {
  { Locker first(mu); }
  Locker second(mu);
}
