// What: A crawler limits its tasks to two; the children go through a list that the starter works off, and no task starts another.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <vector>

struct Folder {
  int files;
  std::vector<Folder> children;
};

class Crawler {
 public:
  explicit Crawler(int limit) { group_.SetLimit(limit); }

  int Count(const Folder& root) {
    std::vector<const Folder*> todo = {&root};
    while (!todo.empty()) {
      const Folder* next = todo.back();
      todo.pop_back();
      Visit(*next);
      for (const Folder& child : next->children) todo.push_back(&child);
    }
    if (heddle::Error error = group_.Wait()) std::printf("error: %s\n", error->c_str());
    heddle::MutexLock lock(mu_);
    return files_;
  }

 private:
  void Visit(const Folder& folder) {
    group_.Go([this, &folder] {
      Tally(folder.files);
    });
  }

  void Tally(int files) {
    heddle::MutexLock lock(mu_);
    files_ += files;
  }

  heddle::TaskGroup group_;
  heddle::Mutex mu_;
  int files_ = 0;
};

int main() {
  const Folder root{1, {{2, {{3, {{4, {}}}}}}, {5, {{6, {{7, {}}}}}}}};
  Crawler crawler(2);
  std::printf("%d files\n", crawler.Count(root));
}
