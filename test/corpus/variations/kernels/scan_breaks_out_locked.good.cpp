// What: A gossip loop takes its lock at every turn and unlocks it before it leaves the loop.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <set>
#include <string>

class Gossip {
 public:
  void Run() {
    for (int round = 0; round < 100; ++round) {
      mu_.Lock();
      if (closed_) {
        mu_.Unlock();
        break;
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
    heddle::MutexLock lock(mu_);
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
  std::printf("%zu nodes\n", gossip.Known());
}
