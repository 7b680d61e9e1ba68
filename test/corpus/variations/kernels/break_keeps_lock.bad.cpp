// What: A registrar looks for a free desk under its lock and breaks out of the search with the lock held; the next call waits for it for ever.
// Run: deadlock
#include <heddle/heddle.h>

#include <cstdio>
#include <string>
#include <vector>

enum class DeskState { kClosed, kFree, kBusy };

struct Desk {
  std::string name;
  DeskState state = DeskState::kClosed;
};

class Registrar {
 public:
  void Open(const std::string& name) {
    heddle::MutexLock lock(mu_);
    desks_.push_back({name, DeskState::kFree});
  }

  // Gives a desk that is free from now on busy, or an empty name.
  std::string Claim(int attempts) {
    std::string found;
    for (int attempt = 0; attempt < attempts; ++attempt) {
      mu_.Lock();  // bug: missing-unlock, deadlock, double-lock
      Desk* desk = FindFree();
      if (desk != nullptr) {
        desk->state = DeskState::kBusy;
        found = desk->name;
        break;  // bug: missing-unlock
      }
      mu_.Unlock();
      heddle::Yield();
    }
    return found;  // bug: missing-unlock
  }

  void GiveBack(const std::string& name) {
    heddle::MutexLock lock(mu_);  // bug: deadlock, double-lock
    for (Desk& desk : desks_) {
      if (desk.name == name) desk.state = DeskState::kFree;
    }
  }

 private:
  Desk* FindFree() {
    for (Desk& desk : desks_) {
      if (desk.state == DeskState::kFree) return &desk;
    }
    return nullptr;
  }

  heddle::Mutex mu_;
  std::vector<Desk> desks_;
};

int main() {
  Registrar registrar;
  registrar.Open("north");
  registrar.Open("south");
  heddle::WaitGroup clerks;
  for (int clerk = 0; clerk < 2; ++clerk) {
    clerks.Go([&registrar, clerk] {
      const std::string desk = registrar.Claim(3);
      if (desk.empty()) return;
      std::printf("clerk %d at %s\n", clerk, desk.c_str());
      registrar.GiveBack(desk);
    });
  }
  clerks.Wait();  // bug: deadlock
}
