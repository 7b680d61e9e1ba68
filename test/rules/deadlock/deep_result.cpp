// RUN: %expect %s
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

// What the recursion says of the data is not known: no conclusion.
int Levels(const Folder* folder) {
  if (folder->inside.empty()) return 1;
  return 1 + Levels(folder->inside.front().get());
}

int main() {
  auto root = Grow(1, 6);
  heddle::Channel<int> met;
  heddle::WaitGroup sender;
  sender.Go([met]() mutable { met.Send(1); });
  if (Levels(root.get()) > 4) met.Recv();
  sender.Wait();
}
