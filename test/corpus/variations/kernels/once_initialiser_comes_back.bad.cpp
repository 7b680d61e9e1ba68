// What: A catalogue loads itself once at first use; a loader that it calls asks the catalogue for a title, which runs into the same Once.
// Run: deadlock
#include <heddle/heddle.h>

#include <cstdio>
#include <functional>
#include <map>
#include <string>
#include <utility>

class Catalogue {
 public:
  using Entries = std::map<int, std::string>;
  using Loader = std::function<void(Catalogue&, Entries&)>;

  explicit Catalogue(Loader loader) : loader_(std::move(loader)) {}

  std::string Title(int id) {
    Load();  // bug: double-lock, deadlock
    auto it = entries_.find(id);
    return it == entries_.end() ? "untitled" : it->second;
  }

 private:
  void Load() {
    once_.Do([this] {  // bug: double-lock, deadlock
      loader_(*this, entries_);  // bug: double-lock, deadlock
    });
  }

  Loader loader_;
  heddle::Once once_;
  Entries entries_;
};

void LoadBooks(Catalogue& catalogue, Catalogue::Entries& entries) {
  entries[1] = "Atlas";
  entries[2] = "Herbal";
  entries[3] = catalogue.Title(1) + ", second edition";  // bug: double-lock, deadlock
}

int main() {
  Catalogue catalogue(LoadBooks);
  heddle::WaitGroup readers;
  for (int id = 1; id <= 3; ++id) {
    readers.Go([&catalogue, id] { std::printf("%s\n", catalogue.Title(id).c_str()); });  // bug: deadlock
  }
  readers.Wait();  // bug: deadlock
}
