// What: A loader starts a thread and returns early, without joining it, when the file is empty; its destructor ends the program.
// Run: panic
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
  std::thread watcher([&] { progress.Watch(finished); });  // bug: unjoined-thread, dangling-capture
  if (lines.empty()) return false;  // bug: unjoined-thread
  for (const std::string& line : lines) std::printf("%s\n", line.c_str());
  finished = true;
  watcher.join();
  return true;
}  // bug: unjoined-thread

int main() {
  std::printf("loaded %d\n", Load({"a", "b"}));
  std::printf("loaded %d\n", Load({}));
}
