// What: A ship's crew members are signed on to the muster roll before they start to work, so the captain waits for all.
// Run: clean
#include <heddle/heddle.h>

#include <atomic>
#include <cstdio>
#include <string>
#include <utility>
#include <vector>

class Muster {
 public:
  void SignOn() { roll_.Add(1); }
  void SignOff() { roll_.Done(); }
  void AwaitAll() { roll_.Wait(); }

 private:
  heddle::WaitGroup roll_;
};

// A place on the roll for as long as it lives.
class Watch {
 public:
  explicit Watch(Muster& muster) : muster_(muster) {}
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
      muster_.SignOn();
      heddle::go([this, name = std::move(name)] {
        Watch watch(muster_);
        Stow(name);
      });
    }
  }

  int CastOff() {
    muster_.AwaitAll();
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
