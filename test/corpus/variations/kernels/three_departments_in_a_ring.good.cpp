// What: Three departments of a store hand articles on in a ring; an article is taken out under the one lock and put in under the other, never both.
// Run: clean
#include <heddle/heddle.h>

#include <cstddef>
#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

class Department {
 public:
  Department(std::string name, int articles) : name_(std::move(name)) {
    for (int article = 0; article < articles; ++article) articles_.push_back(article);
  }
  void SetSource(Department* source) { source_ = source; }

  // Takes one article over from the source; false when that has none.
  bool Restock() {
    heddle::Yield();  // walk over there
    const std::optional<int> article = source_->Give();
    if (!article) return false;
    heddle::MutexLock lock(mu_);
    articles_.push_back(*article);
    ++restocked_;
    return true;
  }

  void Report() {
    heddle::MutexLock lock(mu_);
    std::printf("%s: %zu articles\n", name_.c_str(), articles_.size());
  }

 private:
  std::optional<int> Give() {
    heddle::MutexLock lock(mu_);
    if (articles_.empty()) return std::nullopt;
    const int article = articles_.back();
    articles_.pop_back();
    return article;
  }

  const std::string name_;
  Department* source_ = nullptr;  // set before the first task runs
  heddle::Mutex mu_;
  std::vector<int> articles_;
  int restocked_ = 0;
};

class Store {
 public:
  Store() {
    for (const char* name : {"toys", "tools", "books"}) {
      departments_.push_back(std::make_unique<Department>(name, 100));
    }
    for (std::size_t i = 0; i < departments_.size(); ++i) {
      departments_[i]->SetSource(departments_[(i + 1) % departments_.size()].get());
    }
  }

  void RestockAll(int turns) {
    heddle::WaitGroup clerks;
    for (auto& department : departments_) {
      clerks.Go([turns, department = department.get()] {
        for (int turn = 0; turn < turns; ++turn) department->Restock();
      });
    }
    clerks.Wait();
    for (auto& department : departments_) department->Report();
  }

 private:
  std::vector<std::unique_ptr<Department>> departments_;
};

int main() {
  Store store;
  store.RestockAll(500);
}
