// What: A site's one-time initialisation builds the menu with a helper that needs no initialisation.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <string>
#include <vector>

class Site {
 public:
  std::string Title() {
    Init();
    return title_;
  }
  std::size_t MenuSize() {
    Init();
    return menu_.size();
  }

 private:
  void Init() {
    init_.Do([this] {
      menu_ = {"home", "about"};
      title_ = "site with " + std::to_string(menu_.size()) + " pages";
    });
  }

  heddle::Once init_;
  std::vector<std::string> menu_;
  std::string title_;
};

int main() {
  Site site;
  heddle::WaitGroup pages;
  pages.Go([&site] { std::printf("%s\n", site.Title().c_str()); });
  pages.Wait();
}
