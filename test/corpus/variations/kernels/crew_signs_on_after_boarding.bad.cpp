// What: A ship's crew members sign on to the muster roll when they start to work, so the captain may find the roll empty and cast off.
// Run: lost-work
#include <heddle/heddle.h>

#include <atomic>
#include <cstdio>
#include <string>
#include <utility>
#include <vector>

class Muster {
 public:
  void SignOn() { roll_.Add(1); }  // bug: add-after-spawn
  void SignOff() { roll_.Done(); }
  void AwaitAll() { roll_.Wait(); }  // bug: add-after-spawn

 private:
  heddle::WaitGroup roll_;
};

// A place on the roll for as long as it lives.
class Watch {
 public:
  explicit Watch(Muster& muster) : muster_(muster) {
    muster_.SignOn();  // bug: add-after-spawn
  }
  ~Watch() { muster_.SignOff(); }
  Watch(const Watch&) = delete;
  Watch& operator=(const Watch&) = delete;

 private:
  Muster& muster_;
};

class Ship {
 public:
  void Board(std::vector<std::string> names) {
    for (std::string& name : names) {
      heddle::go([this, name = std::move(name)] {  // bug: add-after-spawn, unawaited-task, dangling-capture
        Watch watch(muster_);  // bug: add-after-spawn
        Stow(name);
      });
    }
  }

  int CastOff() {
    muster_.AwaitAll();  // bug: add-after-spawn
    return stowed_.load();
  }

 private:
  void Stow(const std::string& name) { stowed_ += static_cast<int>(name.size()); }

  Muster muster_;
  std::atomic<int> stowed_{0};
};

int main() {
  Ship ship;
  ship.Board({"anna", "ben", "carl"});
  std::printf("%d crates\n", ship.CastOff());
}
