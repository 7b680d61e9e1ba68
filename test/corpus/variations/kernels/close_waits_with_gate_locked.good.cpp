// What: A workshop locks its gate only to mark itself closing and waits for its workers after that; a worker looks at the mark under the lock.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <memory>
#include <vector>

class Workshop {
 public:
  void AddWorker() { workers_.Add(1); }
  void WorkerLeft() { workers_.Done(); }
  heddle::RecvChannel<heddle::Unit> Closed() const { return closed_; }

  // Counts one more job in when the bench is free, unless the workshop is closing.
  bool BeginJob() {
    bench_.Acquire();
    heddle::MutexLock lock(gate_);
    if (closing_) {
      bench_.Release();
      return false;
    }
    jobs_.Add(1);
    return true;
  }

  void EndJob() {
    bench_.Release();
    jobs_.Done();
  }

  void Close() {
    {
      heddle::MutexLock lock(gate_);
      closing_ = true;
    }
    jobs_.Wait();
    closed_.Close();
    workers_.Wait();
  }

 private:
  heddle::Mutex gate_;
  bool closing_ = false;
  heddle::Semaphore bench_{1};
  heddle::WaitGroup jobs_;
  heddle::Channel<heddle::Unit> closed_;
  heddle::WaitGroup workers_;
};

class Joiner {
 public:
  explicit Joiner(Workshop& shop) : shop_(shop) {}

  void Run() {
    HEDDLE_DEFER(shop_.WorkerLeft());
    while (shop_.BeginJob()) {
      HEDDLE_DEFER(shop_.EndJob());
      ++chairs_;
      heddle::Yield();
    }
    shop_.Closed().Recv();
  }

  int chairs() const { return chairs_; }

 private:
  Workshop& shop_;
  int chairs_ = 0;
};

int main() {
  std::vector<std::unique_ptr<Workshop>> shops;
  std::vector<std::unique_ptr<Joiner>> joiners;
  for (int i = 0; i < 3; ++i) {
    shops.push_back(std::make_unique<Workshop>());
    Workshop& shop = *shops.back();
    for (int joiner = 0; joiner < 2; ++joiner) {
      joiners.push_back(std::make_unique<Joiner>(shop));
      shop.AddWorker();
      heddle::go([joiner = joiners.back().get()] { joiner->Run(); });
    }
  }

  heddle::Channel<heddle::Unit> all_closed;
  heddle::go([&shops, all_closed] {
    for (auto& shop : shops) shop->Close();
    all_closed.Close();
  });
  all_closed.Recv();
  int chairs = 0;
  for (auto& joiner : joiners) chairs += joiner->chairs();
  std::printf("%d chairs\n", chairs);
}
