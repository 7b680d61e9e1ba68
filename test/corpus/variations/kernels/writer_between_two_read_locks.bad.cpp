// What: A visitor callback runs under the tree's shared lock and asks the tree for a depth, which takes the shared lock a second time behind a waiting writer.
// Run: hang-some
#include <heddle/heddle.h>

#include <cstdio>
#include <functional>
#include <map>
#include <string>
#include <vector>

class Tree {
 public:
  using Visitor = std::function<void(const std::string&)>;

  void Add(const std::string& node, const std::string& parent) {
    heddle::WriterLock lock(mu_);  // bug: double-lock, deadlock
    parents_[node] = parent;
  }

  void ForEach(const Visitor& visit) const {
    heddle::ReaderLock lock(mu_);  // bug: double-lock, deadlock
    for (auto& [node, parent] : parents_) visit(node);  // bug: double-lock, deadlock, callback-under-lock
  }

  int Depth(std::string node) const {
    heddle::ReaderLock lock(mu_);  // bug: double-lock, deadlock
    int depth = 0;
    for (auto it = parents_.find(node); it != parents_.end(); it = parents_.find(node)) {
      node = it->second;
      ++depth;
    }
    return depth;
  }

 private:
  mutable heddle::RWMutex mu_;
  std::map<std::string, std::string> parents_;
};

class DeepestNode {
 public:
  explicit DeepestNode(const Tree& tree) : tree_(tree) {}
  int Find() {
    tree_.ForEach([this](const std::string& node) { Look(node); });  // bug: double-lock, deadlock
    return depth_;
  }

 private:
  void Look(const std::string& node) {
    const int depth = tree_.Depth(node);  // bug: double-lock, deadlock
    if (depth > depth_) depth_ = depth;
  }

  const Tree& tree_;
  int depth_ = 0;
};

int main() {
  Tree tree;
  for (int i = 1; i < 40; ++i) tree.Add("n" + std::to_string(i), "n" + std::to_string(i / 2));
  heddle::WaitGroup tasks;
  tasks.Go([&] {
    for (int i = 0; i < 50; ++i) DeepestNode(tree).Find();
  });
  tasks.Go([&] {
    for (int i = 40; i < 80; ++i) tree.Add("n" + std::to_string(i), "n1");
  });
  tasks.Wait();
  std::printf("depth %d\n", DeepestNode(tree).Find());
}
