// What: A visitor callback runs after the tree has copied its nodes under the shared lock, so that the depth it asks for takes the lock alone.
// Run: clean
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
    heddle::WriterLock lock(mu_);
    parents_[node] = parent;
  }

  void ForEach(const Visitor& visit) const {
    std::vector<std::string> nodes;
    {
      heddle::ReaderLock lock(mu_);
      for (auto& [node, parent] : parents_) nodes.push_back(node);
    }
    for (const std::string& node : nodes) visit(node);
  }

  int Depth(std::string node) const {
    heddle::ReaderLock lock(mu_);
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
    tree_.ForEach([this](const std::string& node) { Look(node); });
    return depth_;
  }

 private:
  void Look(const std::string& node) {
    const int depth = tree_.Depth(node);
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
