// What: A gossip loop takes its lock at every turn and leaves the loop on a closed signal before it unlocks.
// Run: deadlock
#include <heddle/heddle.h>

#include <cstdio>
#include <set>
#include <string>

class Gossip {
 public:
  void Run() {
    for (int round = 0; round < 100; ++round) {
      mu_.Lock();  // bug: missing-unlock, deadlock
      if (closed_) {
        break;  // bug: missing-unlock, deadlock
      }
      known_.insert("node-" + std::to_string(round));
      mu_.Unlock();
      heddle::Yield();
    }
    std::printf("gossip ended\n");
  }

  void Close() {
    heddle::MutexLock lock(mu_);
    closed_ = true;
  }

  std::size_t Known() {
    heddle::MutexLock lock(mu_);  // bug: deadlock, double-lock, missing-unlock
    return known_.size();
  }

 private:
  heddle::Mutex mu_;
  bool closed_ = false;
  std::set<std::string> known_;
};

int main() {
  Gossip gossip;
  gossip.Close();
  heddle::WaitGroup task;
  task.Go(&Gossip::Run, &gossip);
  task.Wait();
  std::printf("%zu nodes\n", gossip.Known());  // bug: deadlock
}
