// What: A page cache looks a page up under its shared lock, lets that go and, when the page is not there, loads it under the exclusive lock.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <functional>
#include <memory>
#include <mutex>
#include <shared_mutex>
#include <string>
#include <unordered_map>
#include <utility>

using Page = std::shared_ptr<const std::string>;

class PageCache {
 public:
  using Load = std::function<std::string(int)>;
  explicit PageCache(Load load) : load_(std::move(load)) {}

  Page Get(int id) {
    {
      std::shared_lock lock(mu_);
      if (Page page = Find(id)) return page;
    }
    return Insert(id);
  }

  std::size_t size() const {
    std::shared_lock lock(mu_);
    return pages_.size();
  }

 private:
  Page Find(int id) const {
    auto it = pages_.find(id);
    return it == pages_.end() ? nullptr : it->second;
  }

  Page Insert(int id) {
    auto page = std::make_shared<const std::string>(load_(id));
    std::unique_lock lock(mu_);
    return pages_.try_emplace(id, std::move(page)).first->second;
  }

  Load load_;
  mutable heddle::RWMutex mu_;
  std::unordered_map<int, Page> pages_;
};

int main() {
  PageCache cache([](int id) { return std::string(id % 5, 'x'); });
  heddle::WaitGroup readers;
  for (int reader = 0; reader < 3; ++reader) {
    readers.Go([&cache, reader] {
      std::size_t bytes = 0;
      for (int id = 0; id < 10; ++id) bytes += cache.Get(id * reader)->size();
      std::printf("reader %d: %zu bytes\n", reader, bytes);
    });
  }
  readers.Wait();
  std::printf("%zu pages\n", cache.size());
}
