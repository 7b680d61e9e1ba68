// What: A backup counts down once when a volume ends; the failure hook only keeps the volume's name.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <functional>
#include <string>
#include <utility>
#include <vector>

struct Hooks {
  std::function<void(const std::string&)> on_end;
  std::function<void(const std::string&)> on_failure;
};

class Volume {
 public:
  Volume(std::string name, int blocks) : name_(std::move(name)), blocks_(blocks) {}

  void Copy(const Hooks& hooks) const {
    if (!CopyBlocks()) hooks.on_failure(name_);
    hooks.on_end(name_);
  }

 private:
  bool CopyBlocks() const { return blocks_ > 0; }

  std::string name_;
  int blocks_;
};

class Backup {
 public:
  std::size_t Run(const std::vector<Volume>& volumes) {
    pending_.Add(static_cast<int>(volumes.size()));
    Hooks hooks;
    hooks.on_end = [this](const std::string&) { pending_.Done(); };
    hooks.on_failure = [this](const std::string& name) {
      heddle::MutexLock lock(mu_);
      failed_.push_back(name);
    };
    heddle::WaitGroup copies;
    for (const Volume& volume : volumes) {
      copies.Go([&volume, &hooks] { volume.Copy(hooks); });
    }
    pending_.Wait();
    copies.Wait();
    heddle::MutexLock lock(mu_);
    return failed_.size();
  }

 private:
  heddle::WaitGroup pending_;
  heddle::Mutex mu_;
  std::vector<std::string> failed_;
};

int main() {
  Backup backup;
  std::printf("%zu failed\n", backup.Run({{"home", 8}, {"mail", 0}, {"web", 3}}));
}
