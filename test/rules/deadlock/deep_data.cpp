// RUN: %expect %s
// How deep the data is that a recursion builds is of no consequence to the
// tasks that walk it.
#include <heddle/heddle.h>

#include <memory>
#include <vector>

struct Folder {
  int files = 0;
  std::vector<std::unique_ptr<Folder>> inside;
};

std::unique_ptr<Folder> Grow(int files, int levels) {
  auto folder = std::make_unique<Folder>();
  folder->files = files;
  for (int i = 0; levels > 0 && i < 2; ++i) folder->inside.push_back(Grow(files + i, levels - 1));
  return folder;
}

// Whoever walks a folder starts the walks of those inside it while it is one of
// the two that may run.
class Walk {
 public:
  Walk() { walkers_.SetLimit(2); }
  void Through(const Folder& root) {
    walkers_.Go([this, &root] { Visit(root); });
    walkers_.Wait();
  }

 private:
  void Visit(const Folder& folder) {
    for (const auto& one : folder.inside)
      walkers_.Go([this, &inner = *one] { Visit(inner); });  // want: deadlock "a place in .walkers_."
  }

  heddle::TaskGroup walkers_;
};

int main() {
  auto root = Grow(1, 6);
  Walk walk;
  walk.Through(*root);
}
