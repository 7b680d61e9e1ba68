// What: A dock counts the jobs that have begun and waits for them when it quiesces; a loader that finds its crate damaged leaves without ending the job that it began.
// Run: deadlock
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
    jobs_.Add(1);  // bug: missing-done, counter-mismatch
    return true;
  }

  void EndJob() { jobs_.Done(); }

  void Quiesce() {
    {
      heddle::MutexLock lock(mu_);
      quiescing_ = true;
    }
    jobs_.Wait();  // bug: missing-done, counter-mismatch, deadlock
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
      if (!Load(crate)) ++refused_;  // bug: missing-done
    }
  }

  int refused() const { return refused_; }

 private:
  bool Load(const Crate& crate) {
    if (!dock_.BeginJob(crate.label)) return false;  // bug: missing-done, counter-mismatch
    if (crate.damaged) {
      return false;  // bug: missing-done, counter-mismatch
    }
    weight_ += crate.label.size();
    dock_.EndJob();
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
  loaders.Go([&] { crane.LoadAll({{"tea"}, {"glass", true}, {"rice"}}); });  // bug: missing-done
  loaders.Go([&] { forklift.LoadAll({{"tea"}, {"wool"}}); });
  loaders.Wait();
  dock.Quiesce();  // bug: missing-done, deadlock
  std::printf("%zu kinds, %d refused\n", dock.kinds(), crane.refused() + forklift.refused());
}
