// RUN: %expect %s
// As latches_by_size.cpp: who is passed over is counted, before or meanwhile;
// and a caller who gives two containers knows how they belong together.
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
      pruned.count_down();
      continue;
    }
    gardeners.emplace_back([i, &orchards, &pruned] {
      orchards[i].trees.pop_back();
      pruned.count_down();
    });
  }
  pruned.wait();
  return bare;
}

void PruneGreen(std::vector<Orchard>& orchards) {
  std::ptrdiff_t green = 0;
  for (const Orchard& orchard : orchards) green += !orchard.trees.empty();
  std::latch pruned(green);
  std::vector<std::jthread> gardeners;
  for (Orchard& orchard : orchards) {
    if (orchard.trees.empty()) continue;
    gardeners.emplace_back([&orchard, &pruned] {
      orchard.trees.pop_back();
      pruned.count_down();
    });
  }
  pruned.wait();
}

void PruneBySaw(std::vector<Orchard>& orchards, const std::vector<std::string>& saws) {
  std::latch pruned(static_cast<std::ptrdiff_t>(orchards.size()));
  std::vector<std::jthread> gardeners;
  for (std::size_t i = 0; i < saws.size(); ++i)
    gardeners.emplace_back([i, &orchards, &pruned] {
      orchards[i].trees.pop_back();
      pruned.count_down();
    });
  pruned.wait();
}

void PruneChosen(std::vector<Orchard>& orchards, const std::vector<std::size_t>& chosen) {
  std::latch pruned(static_cast<std::ptrdiff_t>(chosen.size()));
  std::vector<std::jthread> gardeners;
  for (std::size_t i = 0; i < orchards.size(); ++i) {
    bool is_chosen = false;
    for (std::size_t c : chosen) is_chosen |= c == i;
    if (!is_chosen) continue;
    gardeners.emplace_back([i, &orchards, &pruned] {
      orchards[i].trees.pop_back();
      pruned.count_down();
    });
  }
  pruned.wait();
}
