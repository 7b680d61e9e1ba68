// What: A dock counts the jobs that have begun and waits for them when it quiesces; a loader ends its job by a guard, however it leaves.
// Run: clean
#include <heddle/heddle.h>

#include <cstddef>
#include <cstdio>
#include <map>
#include <string>
#include <vector>

struct Crate {
  std::string label;
  bool damaged = false;
};

// Lets work in until it is quiescing.
class Dock {
 public:
  bool BeginJob(const std::string& what) {
    heddle::MutexLock lock(mu_);
    if (quiescing_) return false;
    ++begun_[what];
    jobs_.Add(1);
    return true;
  }

  void EndJob() { jobs_.Done(); }

  void Quiesce() {
    {
      heddle::MutexLock lock(mu_);
      quiescing_ = true;
    }
    jobs_.Wait();
  }

  std::size_t kinds() {
    heddle::MutexLock lock(mu_);
    return begun_.size();
  }

 private:
  heddle::Mutex mu_;
  bool quiescing_ = false;
  std::map<std::string, int> begun_;
  heddle::WaitGroup jobs_;
};

class Loader {
 public:
  explicit Loader(Dock& dock) : dock_(dock) {}

  void LoadAll(const std::vector<Crate>& crates) {
    for (const Crate& crate : crates) {
      if (!Load(crate)) ++refused_;
    }
  }

  int refused() const { return refused_; }

 private:
  bool Load(const Crate& crate) {
    if (!dock_.BeginJob(crate.label)) return false;
    HEDDLE_DEFER(dock_.EndJob());
    if (crate.damaged) {
      return false;
    }
    weight_ += crate.label.size();
    return true;
  }

  Dock& dock_;
  int refused_ = 0;
  std::size_t weight_ = 0;
};

int main() {
  Dock dock;
  Loader crane(dock);
  Loader forklift(dock);
  heddle::WaitGroup loaders;
  loaders.Go([&] { crane.LoadAll({{"tea"}, {"glass", true}, {"rice"}}); });
  loaders.Go([&] { forklift.LoadAll({{"tea"}, {"wool"}}); });
  loaders.Wait();
  dock.Quiesce();
  std::printf("%zu kinds, %d refused\n", dock.kinds(), crane.refused() + forklift.refused());
}
