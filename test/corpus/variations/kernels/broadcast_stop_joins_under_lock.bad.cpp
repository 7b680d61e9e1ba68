// What: A set of broadcasts stops each of them under its lock and waits for its task; that task reports its end to the set, which needs the lock.
// Run: hang-some
#include <heddle/heddle.h>

#include <cstdio>
#include <map>
#include <memory>
#include <utility>

class Broadcast {
 public:
  template <class OnEnd>
  explicit Broadcast(OnEnd on_end) {
    heddle::go([this, on_end] {
      int total = 0;
      for (int update : updates_) total += update;
      on_end(total);
      ended_.Close();
    });
  }
  void Push(int update) { updates_.Send(update); }
  void Stop() {
    updates_.Close();
    ended_.Recv();  // bug: blocking-under-lock, deadlock
  }

 private:
  heddle::Channel<int> updates_;
  heddle::Channel<heddle::Unit> ended_;
};

class Broadcasts {
 public:
  void Add(int id) {
    heddle::MutexLock lock(mu_);
    all_[id] = std::make_unique<Broadcast>([this](int total) { Ended(total); });
    all_[id]->Push(id);
  }

  void StopAll() {
    heddle::MutexLock lock(mu_);  // bug: blocking-under-lock, deadlock
    for (auto& [id, broadcast] : all_) broadcast->Stop();  // bug: blocking-under-lock, deadlock
    all_.clear();
  }

  int total() {
    heddle::MutexLock lock(mu_);
    return total_;
  }

 private:
  void Ended(int total) {
    heddle::MutexLock lock(mu_);  // bug: blocking-under-lock, deadlock
    total_ += total;
  }

  heddle::Mutex mu_;
  std::map<int, std::unique_ptr<Broadcast>> all_;
  int total_ = 0;
};

int main() {
  Broadcasts broadcasts;
  broadcasts.Add(1);
  broadcasts.Add(2);
  broadcasts.StopAll();
  std::printf("total %d\n", broadcasts.total());
}
