// What: Clearing a pier's berths holds its lock for writing while it tells the listeners, and telling them takes the same lock for reading.
// Run: deadlock
#include <heddle/heddle.h>

#include <cstdio>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

class Pier {
 public:
  using Listener = std::function<void(const std::vector<std::string>&)>;

  void Subscribe(Listener listener) {
    heddle::WriterLock lock(mu_);
    listeners_.push_back(std::move(listener));
  }

  void Moor(int berth, std::string ship) {
    heddle::WriterLock lock(mu_);
    ships_[berth] = std::move(ship);
  }

  void Clear() {
    std::vector<std::string> gone;
    mu_.Lock();  // bug: double-lock, deadlock
    for (auto& [berth, ship] : ships_) gone.push_back(std::move(ship));
    ships_.clear();
    if (!gone.empty()) Notify(gone);  // bug: double-lock, deadlock
    mu_.Unlock();
  }

 private:
  void Notify(const std::vector<std::string>& gone) {
    mu_.RLock();  // bug: double-lock, deadlock
    HEDDLE_DEFER(mu_.RUnlock());
    for (const Listener& listener : listeners_) listener(gone);
  }

  heddle::RWMutex mu_;
  std::map<int, std::string> ships_;
  std::vector<Listener> listeners_;
};

class Port {
 public:
  std::shared_ptr<Pier> Build() {
    heddle::WriterLock lock(mu_);
    piers_.push_back(std::make_shared<Pier>());
    return piers_.back();
  }

  void TearDown(const std::shared_ptr<Pier>& pier) {
    heddle::WriterLock lock(mu_);
    for (const auto& known : piers_) {
      if (known == pier) pier->Clear();  // bug: double-lock, deadlock
    }
    std::erase(piers_, pier);
  }

 private:
  heddle::RWMutex mu_;
  std::vector<std::shared_ptr<Pier>> piers_;
};

int main() {
  Port port;
  std::shared_ptr<Pier> pier = port.Build();
  pier->Subscribe([](const std::vector<std::string>& gone) {
    std::printf("%zu ships have to leave\n", gone.size());
  });
  pier->Moor(3, "lady ann");
  port.TearDown(pier);
}
