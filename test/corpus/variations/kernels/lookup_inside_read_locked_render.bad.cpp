// What: A catalogue renders a page under its shared lock; the page's widget looks a phrase up, which takes the shared lock again behind a reload that waits.
// Run: hang-some
#include <heddle/heddle.h>

#include <cstdio>
#include <functional>
#include <mutex>
#include <shared_mutex>
#include <string>
#include <unordered_map>
#include <utility>

using Phrases = std::unordered_map<std::string, std::string>;
using Lookup = std::function<std::string(const std::string& key)>;
using Widget = std::function<std::string(const Lookup& lookup)>;

class Catalogue {
 public:
  std::string Translate(const std::string& key) const {
    std::shared_lock<heddle::RWMutex> lock(mu_);  // bug: double-lock, deadlock
    return Find(phrases_, key);
  }

  std::string Render(const Widget& widget) const {
    std::shared_lock<heddle::RWMutex> lock(mu_);  // bug: double-lock, deadlock
    const std::string head = Find(phrases_, "title");
    return head + widget([this](const std::string& key) { return Translate(key); });  // bug: double-lock, deadlock
  }

  void Reload(Phrases phrases) {
    std::unique_lock<heddle::RWMutex> lock(mu_);  // bug: double-lock, deadlock
    phrases_ = std::move(phrases);
  }

 private:
  static std::string Find(const Phrases& phrases, const std::string& key) {
    auto it = phrases.find(key);
    return it == phrases.end() ? key : it->second;
  }

  mutable heddle::RWMutex mu_;
  Phrases phrases_;
};

int main() {
  Catalogue catalogue;
  catalogue.Reload({{"title", "Start: "}, {"bye", "goodbye"}});
  const Widget footer = [](const Lookup& lookup) { return "<p>" + lookup("bye") + "</p>"; };
  heddle::WaitGroup tasks;
  tasks.Go([&] {
    for (int page = 0; page < 500; ++page) catalogue.Render(footer);
  });
  tasks.Go([&] {
    for (int i = 0; i < 500; ++i) catalogue.Reload({{"title", "Start: "}, {"bye", "see you"}});
  });
  tasks.Wait();
  std::printf("%s\n", catalogue.Render(footer).c_str());
}
