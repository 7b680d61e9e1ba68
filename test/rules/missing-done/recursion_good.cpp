// RUN: %expect %s
// As recursion.cpp, with one Done wherever it ends.
#include <heddle/heddle.h>

#include <functional>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

struct Branch {
  Branch* left = nullptr;
  int leaves = 0;
};

class Pruner {
 public:
  explicit Pruner(std::function<void(int)> done) : done_(std::move(done)) {}
  void Prune(const Branch* at) {
    if (at->leaves > 7)
      done_(at->leaves);
    else if (at->left)
      Descend(at);
    else
      done_(0);
  }

 private:
  void Descend(const Branch* at) { Prune(at->left); }
  const std::function<void(int)> done_;
};

void Garden(const Branch* root) {
  heddle::WaitGroup gardeners;
  Pruner pruner([&](int) { gardeners.Done(); });
  gardeners.Add(1);
  heddle::go([&pruner, root] { pruner.Prune(root); });
  gardeners.Wait();
}

// A task that counts those that it starts has a balance of its own.
class Survey {
 public:
  explicit Survey(std::map<std::string, std::vector<std::string>> roads) : roads_(std::move(roads)) {}
  void From(const std::string& town) {
    Enter(town);
    visits_.Wait();
  }

 private:
  void Enter(const std::string& town) {
    if (!IsNew(town)) return;
    visits_.Add(1);
    heddle::go(&Survey::Visit, this, town);
  }
  bool IsNew(const std::string& town) {
    heddle::MutexLock lock(mu_);
    return seen_.insert(town).second;
  }
  void Visit(const std::string& town) {
    HEDDLE_DEFER(visits_.Done());
    auto road = roads_.find(town);
    if (road == roads_.end()) return;
    for (const std::string& next : road->second) Enter(next);
  }

  const std::map<std::string, std::vector<std::string>> roads_;
  heddle::WaitGroup visits_;
  heddle::Mutex mu_;
  std::set<std::string> seen_;
};
void Everywhere() {
  Survey survey({{"ulm", {"augsburg"}}, {"augsburg", {"ulm", "munich"}}});
  survey.From("ulm");
}
