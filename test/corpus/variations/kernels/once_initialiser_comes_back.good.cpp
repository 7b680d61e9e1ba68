// What: A catalogue loads itself once at first use; what its loader asks comes from the entries that are being built, without the Once.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <functional>
#include <map>
#include <string>
#include <utility>

class Catalogue {
 public:
  using Entries = std::map<int, std::string>;
  using Loader = std::function<void(Entries&)>;

  explicit Catalogue(Loader loader) : loader_(std::move(loader)) {}

  std::string Title(int id) {
    Load();
    auto it = entries_.find(id);
    return it == entries_.end() ? "untitled" : it->second;
  }

 private:
  void Load() {
    once_.Do([this] {
      loader_(entries_);
    });
  }

  Loader loader_;
  heddle::Once once_;
  Entries entries_;
};

void LoadBooks(Catalogue::Entries& entries) {
  entries[1] = "Atlas";
  entries[2] = "Herbal";
  entries[3] = entries.at(1) + ", second edition";
}

int main() {
  Catalogue catalogue(LoadBooks);
  heddle::WaitGroup readers;
  for (int id = 1; id <= 3; ++id) {
    readers.Go([&catalogue, id] { std::printf("%s\n", catalogue.Title(id).c_str()); });
  }
  readers.Wait();
}
