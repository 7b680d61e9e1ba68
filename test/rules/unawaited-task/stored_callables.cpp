// What is kept in maps and lists and started, or called, from there.
// RUN: %expect %s
#include <heddle/heddle.h>

#include <cstdio>
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

class Menu {
 public:
  Menu() {
    items_["bake"] = [this] { return Bake(); };
    items_.emplace("taste", [] { return 1; });
  }
  int Pick(const std::string& item) {
    auto found = items_.find(item);
    return found == items_.end() ? 0 : found->second();
  }

 private:
  int Bake() {
    heddle::go([] { std::puts("baked"); });  // want: unawaited-task "nothing waits"
    return 2;
  }

  std::map<std::string, std::function<int()>> items_;
};

class Bells {
 public:
  void Hang(std::function<void()> bell) { bells_.push_back(std::move(bell)); }
  void Ring() {
    for (const auto& bell : bells_) heddle::go(bell);  // want: unawaited-task "nothing waits"
  }

 private:
  std::vector<std::function<void()>> bells_;
};

int main() {
  Menu menu;
  menu.Pick("bake");
  Bells bells;
  bells.Hang([] { std::puts("ding"); });
  bells.Hang([] { std::puts("dong"); });
  bells.Ring();
}
