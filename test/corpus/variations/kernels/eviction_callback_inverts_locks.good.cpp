// What: A tile cache collects what it evicts and tells its callback after the unlock; a sheet that is being drawn is locked when it fetches tiles from the cache.
// Run: clean
#include <cstddef>
#include <cstdio>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

class TileCache {
 public:
  using OnEvict = std::function<void(int)>;

  explicit TileCache(std::size_t room) : room_(room) {}
  void SetOnEvict(OnEvict on_evict) { on_evict_ = std::move(on_evict); }

  bool Fetch(int tile) {
    std::lock_guard<std::mutex> lock(mu_);
    for (int cached : tiles_) {
      if (cached == tile) return true;
    }
    return false;
  }

  void Store(int tile) {
    std::vector<int> evicted;
    {
      std::lock_guard<std::mutex> lock(mu_);
      tiles_.push_back(tile);
      while (tiles_.size() > room_) {
        evicted.push_back(tiles_.front());
        tiles_.pop_front();
      }
    }
    for (int old : evicted) {
      if (on_evict_) on_evict_(old);
    }
  }

 private:
  const std::size_t room_;
  OnEvict on_evict_;  // set before the first store
  std::mutex mu_;
  std::deque<int> tiles_;
};

class Sheet {
 public:
  explicit Sheet(TileCache& cache) : cache_(cache) {
    cache_.SetOnEvict([this](int tile) { Forget(tile); });
  }

  int Draw(int first, int count) {
    std::lock_guard<std::mutex> lock(mu_);
    int drawn = 0;
    for (int tile = first; tile < first + count; ++tile) {
      if (cache_.Fetch(tile)) ++drawn;
    }
    return drawn;
  }

  int forgotten() {
    std::lock_guard<std::mutex> lock(mu_);
    return forgotten_;
  }

 private:
  void Forget(int) {
    std::lock_guard<std::mutex> lock(mu_);
    ++forgotten_;
  }

  TileCache& cache_;
  std::mutex mu_;
  int forgotten_ = 0;
};

int main() {
  TileCache cache(8);
  Sheet sheet(cache);
  std::thread loader([&] {
    for (int tile = 0; tile < 300'000; ++tile) cache.Store(tile);
  });
  std::thread painter([&] {
    for (int turn = 0; turn < 100'000; ++turn) sheet.Draw(turn, 16);
  });
  loader.join();
  painter.join();
  std::printf("%d tiles forgotten\n", sheet.forgotten());
}
