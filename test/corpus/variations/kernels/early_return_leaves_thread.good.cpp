// What: A loader starts a thread that joins itself at the end of its scope, also when the file is empty.
// Run: clean
#include <atomic>
#include <cstdio>
#include <string>
#include <thread>
#include <vector>

class Progress {
 public:
  void Watch(const std::atomic<bool>& finished) {
    while (!finished) std::this_thread::yield();
    std::printf("finished\n");
  }
};

bool Load(const std::vector<std::string>& lines) {
  std::atomic<bool> finished{false};
  Progress progress;
  std::jthread watcher([&] { progress.Watch(finished); });
  if (lines.empty()) {
    finished = true;
    return false;
  }
  for (const std::string& line : lines) std::printf("%s\n", line.c_str());
  finished = true;
  return true;
}

int main() {
  std::printf("loaded %d\n", Load({"a", "b"}));
  std::printf("loaded %d\n", Load({}));
}
