// What: A crawler limits its tasks to two; a task that starts the tasks of its children keeps its own place meanwhile, so that nobody frees one.
// Run: deadlock
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
    Visit(root);
    if (heddle::Error error = group_.Wait()) std::printf("error: %s\n", error->c_str());  // bug: deadlock
    heddle::MutexLock lock(mu_);
    return files_;
  }

 private:
  void Visit(const Folder& folder) {
    group_.Go([this, &folder] {  // bug: deadlock
      Tally(folder.files);
      for (const Folder& child : folder.children) Visit(child);  // bug: deadlock
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
