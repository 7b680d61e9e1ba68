// What: A site's one-time initialisation asks for the menu, which runs the same one-time initialisation first.
// Run: deadlock
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
    Init();  // bug: deadlock, double-lock
    return menu_.size();
  }

 private:
  void Init() {
    init_.Do([this] {  // bug: deadlock, double-lock
      menu_ = {"home", "about"};
      title_ = "site with " + std::to_string(MenuSize()) + " pages";  // bug: deadlock, double-lock
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
  pages.Wait();  // bug: deadlock
}
