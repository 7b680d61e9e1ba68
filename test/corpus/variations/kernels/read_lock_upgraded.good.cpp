// What: A page store looks a page up under its shared lock and lets go of that before a missing page is rendered under the lock for writing.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <functional>
#include <memory>
#include <string>
#include <unordered_map>
#include <utility>

using PagePtr = std::shared_ptr<const std::string>;

template <class Key>
class PageStore {
 public:
  using Render = std::function<std::string(const Key&)>;
  explicit PageStore(Render render) : render_(std::move(render)) {}

  PagePtr Get(const Key& key) {
    {
      heddle::ReaderLock lock(mu_);
      if (PagePtr page = Find(key)) return page;
    }
    return Fill(key);
  }

 private:
  PagePtr Find(const Key& key) const {
    auto it = pages_.find(key);
    return it == pages_.end() ? nullptr : it->second;
  }

  PagePtr Fill(const Key& key) {
    heddle::WriterLock lock(mu_);
    PagePtr& page = pages_[key];
    if (!page) page = std::make_shared<const std::string>(render_(key));
    return page;
  }

  heddle::RWMutex mu_;
  Render render_;
  std::unordered_map<Key, PagePtr> pages_;
};

int main() {
  PageStore<std::string> store([](const std::string& name) { return "<h1>" + name + "</h1>"; });
  heddle::WaitGroup visitors;
  for (const char* name : {"home", "about", "home"}) {
    visitors.Go([&store, name] { std::printf("%s\n", store.Get(name)->c_str()); });
  }
  visitors.Wait();
}
