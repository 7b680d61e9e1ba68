// What: A set of broadcasts takes them out under its lock and stops them without it.
// Run: clean
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
    ended_.Recv();
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
    std::map<int, std::unique_ptr<Broadcast>> all;
    {
      heddle::MutexLock lock(mu_);
      all.swap(all_);
    }
    for (auto& [id, broadcast] : all) broadcast->Stop();
  }

  int total() {
    heddle::MutexLock lock(mu_);
    return total_;
  }

 private:
  void Ended(int total) {
    heddle::MutexLock lock(mu_);
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
