// What: An archive reads under its shared lock in several short steps, never one within the other, while writers come between; a private helper expects the lock to be held.
// Run: clean
#include <heddle/heddle.h>

#include <algorithm>
#include <cstdio>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

class Archive {
 public:
  void Store(const std::string& key, std::string text) {
    heddle::WriterLock lock(mu_);
    texts_[key] = std::move(text);
  }

  std::vector<std::string> Keys() const {
    heddle::ReaderLock lock(mu_);
    std::vector<std::string> keys;
    for (const auto& [key, text] : texts_) keys.push_back(key);
    return keys;
  }

  std::optional<std::size_t> Size(const std::string& key) const {
    heddle::ReaderLock lock(mu_);
    return SizeLocked(key);
  }

  // Looks again for each key: some may be gone.
  std::size_t TotalInSteps() const {
    std::size_t total = 0;
    for (const std::string& key : Keys()) total += Size(key).value_or(0);
    return total;
  }

  void Trim(std::size_t most) {
    heddle::WriterLock lock(mu_);
    while (TotalLocked() > most) texts_.erase(texts_.begin());
  }

 private:
  std::optional<std::size_t> SizeLocked(const std::string& key) const {
    auto it = texts_.find(key);
    if (it == texts_.end()) return std::nullopt;
    return it->second.size();
  }

  std::size_t TotalLocked() const {
    std::size_t total = 0;
    for (const auto& [key, text] : texts_) total += SizeLocked(key).value_or(0);
    return total;
  }

  mutable heddle::RWMutex mu_;
  std::map<std::string, std::string> texts_;
};

int main() {
  Archive archive;
  heddle::WaitGroup tasks;
  tasks.Go([&] {
    for (int i = 0; i < 200; ++i) archive.Store("doc " + std::to_string(i % 20), std::string(i % 7, 'x'));
  });
  tasks.Go([&] {
    for (int i = 0; i < 50; ++i) archive.Trim(30);
  });
  std::size_t most = 0;
  for (int i = 0; i < 50; ++i) most = std::max(most, archive.TotalInSteps());
  tasks.Wait();
  archive.Trim(10);
  std::printf("%d %d\n", archive.TotalInSteps() <= 10, most < 2000);
}
