// What: A cache is refreshed by whoever gets its lock at once; the others skip the refresh but run into the unlock too.
// Run: panic-some
#include <heddle/heddle.h>

#include <cstdio>
#include <memory>
#include <string>
#include <vector>

class RateCache {
 public:
  void MaybeRefresh(int now) {
    const bool mine = refresh_mu_.TryLock();  // bug: unlock-not-held
    if (mine && now > refreshed_at_) {
      Refresh(now);
    }
    refresh_mu_.Unlock();  // bug: unlock-not-held
  }

  int refreshes() {
    heddle::MutexLock lock(refresh_mu_);
    return refreshes_;
  }

 private:
  void Refresh(int now) {
    refreshed_at_ = now;
    ++refreshes_;
    rates_.clear();
    for (int i = 0; i < 20; ++i) {
      rates_.push_back("rate " + std::to_string(now + i));
      heddle::Yield();
    }
  }

  heddle::Mutex refresh_mu_;
  int refreshed_at_ = 0;
  int refreshes_ = 0;
  std::vector<std::string> rates_;
};

int main() {
  auto cache = std::make_shared<RateCache>();
  heddle::WaitGroup readers;
  for (int reader = 0; reader < 4; ++reader) {
    readers.Go([cache] {
      for (int now = 1; now <= 50; ++now) cache->MaybeRefresh(now);  // bug: unlock-not-held
    });
  }
  readers.Wait();
  std::printf("%s\n", cache->refreshes() > 0 ? "refreshed" : "stale");
}
