// What: A restore counts all volumes, starts a task for each and waits in the loop that starts them, so it waits for those that were not started yet.
// Run: deadlock
#include <heddle/heddle.h>

#include <cstdio>
#include <functional>
#include <map>
#include <string>
#include <utility>

class Volume {
 public:
  explicit Volume(int blocks) : blocks_(blocks) {}
  int Restore() const { return blocks_ * 4; }

 private:
  int blocks_;
};

class Restorer {
 public:
  using OnRestored = std::function<void(const std::string& name, int kilobytes)>;
  explicit Restorer(OnRestored done) : done_(std::move(done)) {}

  void RestoreAll(const std::map<std::string, Volume>& volumes) {
    heddle::WaitGroup group;
    group.Add(static_cast<int>(volumes.size()));  // bug: counter-mismatch, deadlock, missing-done
    for (const auto& [name, volume] : volumes) {
      heddle::go([this, &group, &name = name, &volume = volume] {
        HEDDLE_DEFER(group.Done());
        Restore(name, volume);
      });
      group.Wait();  // bug: counter-mismatch, deadlock, missing-done
    }
  }

 private:
  void Restore(const std::string& name, const Volume& volume) {
    const int kilobytes = volume.Restore();
    heddle::MutexLock lock(mu_);
    done_(name, kilobytes);
  }

  OnRestored done_;
  heddle::Mutex mu_;
};

int main() {
  int total = 0;
  Restorer restorer([&total](const std::string& name, int kilobytes) {
    std::printf("%s restored\n", name.c_str());
    total += kilobytes;
  });
  restorer.RestoreAll({{"home", Volume(12)}, {"logs", Volume(3)}, {"mail", Volume(7)}});
  std::printf("%d kB\n", total);
}
