// What: A task that looks at a tree adds each child to the wait group from within itself, before it starts the child; it is counted itself until it is done, so the wait sees them all.
// Run: clean
#include <heddle/heddle.h>

#include <atomic>
#include <cstdio>
#include <functional>
#include <memory>
#include <utility>
#include <vector>

struct Node {
  int apples = 0;
  std::vector<Node> children;
};

class Harvest {
 public:
  explicit Harvest(std::function<bool(const Node&)> ripe) : ripe_(std::move(ripe)) {}

  int Pick(const Node& root) {
    Start(root);
    picking_.Wait();
    return apples_;
  }

 private:
  void Start(const Node& node) {
    picking_.Add(1);
    heddle::go([this, &node] {
      HEDDLE_DEFER(picking_.Done());
      Visit(node);
    });
  }

  void Visit(const Node& node) {
    for (const Node& child : node.children) Start(child);
    if (!ripe_(node)) return;
    apples_ += node.apples;
  }

  std::function<bool(const Node&)> ripe_;
  heddle::WaitGroup picking_;
  std::atomic<int> apples_{0};
};

int main() {
  const Node tree{3, {Node{4, {Node{1, {}}, Node{9, {}}}}, Node{5, {}}}};
  Harvest harvest([](const Node& node) { return node.apples != 9; });
  for (int day = 0; day < 3; ++day) std::printf("%d apples\n", harvest.Pick(tree));
}
