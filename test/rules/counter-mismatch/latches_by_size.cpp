// RUN: %expect %s
// A latch for every element of a container of which nothing is known.
#include <latch>
#include <string>
#include <thread>
#include <vector>

struct Orchard {
  std::vector<int> trees;
};

int PruneAll(std::vector<Orchard>& orchards) {
  std::latch pruned(static_cast<std::ptrdiff_t>(orchards.size()));
  std::vector<std::jthread> gardeners;
  int bare = 0;
  for (std::size_t i = 0; i < orchards.size(); ++i) {
    if (orchards[i].trees.empty()) {
      ++bare;
      continue;
    }
    gardeners.emplace_back([i, &orchards, &pruned] {
      orchards[i].trees.pop_back();
      pruned.count_down();
    });
  }
  pruned.wait();  // want: counter-mismatch "counted down less often"
  return bare;
}
