// What: A service starts its warm-up in a task and waits for it.
// Run: clean
#include <heddle/heddle.h>

#include <chrono>
#include <cstdio>
#include <string>
#include <vector>

using namespace std::chrono_literals;

class Templates {
 public:
  void Compile() {
    for (const std::string& name : names_) std::printf("compiled %s\n", name.c_str());
  }

 private:
  const std::vector<std::string> names_ = {"index", "login", "help"};
};

Templates& SharedTemplates() {
  static Templates templates;
  return templates;
}

void WarmUp() {
  heddle::WaitGroup warm;
  warm.Go([] { SharedTemplates().Compile(); });
  warm.Wait();
}

int main() {
  WarmUp();
  std::printf("serving\n");
}
