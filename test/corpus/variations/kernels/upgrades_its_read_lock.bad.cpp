// What: A cache takes its exclusive lock on a miss while it still holds the shared one.
// Run: deadlock
#include <heddle/heddle.h>

#include <cstdio>
#include <functional>
#include <string>
#include <unordered_map>
#include <utility>

template <class Key, class Value>
class LoadingCache {
 public:
  explicit LoadingCache(std::function<Value(const Key&)> load) : load_(std::move(load)) {}

  Value Get(const Key& key) {
    heddle::ReaderLock lock(mu_);  // bug: double-lock, deadlock
    auto it = values_.find(key);
    if (it != values_.end()) return it->second;
    return Fill(key);  // bug: double-lock, deadlock
  }

 private:
  Value Fill(const Key& key) {
    heddle::WriterLock lock(mu_);  // bug: double-lock, deadlock
    return values_.try_emplace(key, load_(key)).first->second;
  }

  std::function<Value(const Key&)> load_;
  heddle::RWMutex mu_;
  std::unordered_map<Key, Value> values_;
};

int main() {
  LoadingCache<std::string, std::size_t> lengths([](const std::string& word) { return word.size(); });
  heddle::WaitGroup readers;
  for (const char* word : {"oak", "maple"}) {
    readers.Go([&lengths, word] { std::printf("%zu\n", lengths.Get(word)); });
  }
  readers.Wait();
}
