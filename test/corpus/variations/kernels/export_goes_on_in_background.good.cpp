// What: A command starts an export in a task and main waits for the commands that still run.
// Run: clean
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
  void Finish() { running_.Wait(); }

 private:
  int Export() {
    running_.Go(WriteFile, "customers.csv");
    return 0;
  }

  static void WriteFile(const std::string& path) {
    heddle::Sleep(20ms);  // a slow disk
    std::printf("%s written\n", path.c_str());
  }

  std::map<std::string, std::function<int()>> table_;
  heddle::WaitGroup running_;
};

int main() {
  Commands commands;
  const int status = commands.Run("export");
  commands.Run("version");
  commands.Finish();
  return status;
}
