// What: A walk starts a task for each top folder in a group with a limit; a task walks what is below by itself.
// Run: clean
#include <heddle/heddle.h>

#include <atomic>
#include <cstdio>

class Walk {
 public:
  Walk() { group_.SetLimit(1); }

  void Run() {
    group_.Go([this] { Visit(2); });
    if (auto error = group_.Wait()) std::printf("%s\n", error->c_str());
    std::printf("%d folders\n", folders_.load());
  }

 private:
  void Visit(int depth) {
    ++folders_;
    if (depth == 0) return;
    Visit(depth - 1);
  }

  heddle::TaskGroup group_;
  std::atomic<int> folders_{0};
};

int main() {
  Walk walk;
  walk.Run();
}
