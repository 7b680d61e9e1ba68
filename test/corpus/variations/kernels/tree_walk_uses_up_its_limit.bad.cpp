// What: A tree is walked by a group of at most two tasks; a task starts one for each child from within, which blocks while two run, and both do that.
// Run: deadlock
#include <heddle/heddle.h>

#include <atomic>
#include <cstdio>
#include <memory>
#include <utility>
#include <vector>

struct Folder {
  long bytes = 0;
  std::vector<std::unique_ptr<Folder>> children;
};

std::unique_ptr<Folder> MakeTree(int depth) {
  auto folder = std::make_unique<Folder>();
  folder->bytes = depth * 10;
  for (int child = 0; child < depth; ++child) folder->children.push_back(MakeTree(depth - 1));
  return folder;
}

class DiskUsage {
 public:
  explicit DiskUsage(int parallel) { walkers_.SetLimit(parallel); }  // bug: deadlock

  long Measure(const Folder& root) {
    Start(root);
    walkers_.Wait();  // bug: deadlock
    return bytes_.load();
  }

 private:
  void Start(const Folder& folder) {
    walkers_.Go([this, &folder] { Walk(folder); });  // bug: deadlock, leaked-task
  }

  void Walk(const Folder& folder) {
    bytes_ += folder.bytes;
    for (const auto& child : folder.children) Start(*child);  // bug: deadlock, leaked-task
  }

  heddle::TaskGroup walkers_;
  std::atomic<long> bytes_{0};
};

int main() {
  const std::unique_ptr<Folder> root = MakeTree(4);
  DiskUsage usage(2);  // bug: deadlock
  std::printf("%ld bytes\n", usage.Measure(*root));
}
