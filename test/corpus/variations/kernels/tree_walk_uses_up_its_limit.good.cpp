// What: A tree is walked by a group of at most two tasks; a task starts one for a child if there is room and walks it itself otherwise.
// Run: clean
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
  explicit DiskUsage(int parallel) { walkers_.SetLimit(parallel); }

  long Measure(const Folder& root) {
    Start(root);
    walkers_.Wait();
    return bytes_.load();
  }

 private:
  void Start(const Folder& folder) {
    if (!walkers_.TryGo([this, &folder] { Walk(folder); })) Walk(folder);
  }

  void Walk(const Folder& folder) {
    bytes_ += folder.bytes;
    for (const auto& child : folder.children) Start(*child);
  }

  heddle::TaskGroup walkers_;
  std::atomic<long> bytes_{0};
};

int main() {
  const std::unique_ptr<Folder> root = MakeTree(4);
  DiskUsage usage(2);
  std::printf("%ld bytes\n", usage.Measure(*root));
}
