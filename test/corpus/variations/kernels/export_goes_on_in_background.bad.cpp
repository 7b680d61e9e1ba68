// What: A command starts an export in a task and returns its status to main, which ends before the export has.
// Run: lost-work
#include <heddle/heddle.h>

#include <chrono>
#include <cstdio>
#include <functional>
#include <map>
#include <string>

using namespace std::chrono_literals;

class Commands {
 public:
  Commands() {
    table_["export"] = [this] { return Export(); };
    table_["version"] = [] {
      std::printf("1.0\n");
      return 0;
    };
  }

  int Run(const std::string& name) {
    auto it = table_.find(name);
    return it == table_.end() ? 2 : it->second();
  }

 private:
  int Export() {
    heddle::go(WriteFile, "customers.csv");  // bug: unawaited-task
    return 0;
  }

  static void WriteFile(const std::string& path) {
    heddle::Sleep(20ms);  // a slow disk
    std::printf("%s written\n", path.c_str());
  }

  std::map<std::string, std::function<int()>> table_;
};

int main() {
  Commands commands;
  const int status = commands.Run("export");  // bug: unawaited-task
  commands.Run("version");
  return status;
}  // bug: unawaited-task
