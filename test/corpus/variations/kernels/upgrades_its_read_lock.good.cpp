// What: A cache drops its shared lock on a miss before it takes the exclusive one.
// Run: clean
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
    {
      heddle::ReaderLock lock(mu_);
      auto it = values_.find(key);
      if (it != values_.end()) return it->second;
    }
    return Fill(key);
  }

 private:
  Value Fill(const Key& key) {
    heddle::WriterLock lock(mu_);
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
