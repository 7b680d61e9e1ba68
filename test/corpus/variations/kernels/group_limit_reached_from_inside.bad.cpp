// What: A walk starts a task for each folder in a group with a limit, from inside the group's own tasks; when all slots are taken by tasks that wait for a slot, nobody goes on.
// Run: deadlock
#include <heddle/heddle.h>

#include <atomic>
#include <cstdio>

class Walk {
 public:
  Walk() { group_.SetLimit(1); }

  void Run() {
    group_.Go([this] { Visit(2); });  // bug: deadlock, leaked-task
    if (auto error = group_.Wait()) std::printf("%s\n", error->c_str());  // bug: deadlock
    std::printf("%d folders\n", folders_.load());
  }

 private:
  void Visit(int depth) {
    ++folders_;
    if (depth == 0) return;
    group_.Go([this, depth] { Visit(depth - 1); });  // bug: deadlock, leaked-task
  }

  heddle::TaskGroup group_;
  std::atomic<int> folders_{0};
};

int main() {
  Walk walk;
  walk.Run();  // bug: deadlock
}
