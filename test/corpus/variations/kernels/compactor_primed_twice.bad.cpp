// What: A store asks its compactor for a first run at its opening, on a channel of capacity one, before the compactor runs; a flush during recovery has already asked.
// Run: deadlock
#include <heddle/heddle.h>

#include <cstdio>
#include <memory>
#include <vector>

class Compactor {
 public:
  void Suggest() {
    heddle::Unit unit;
    if (!suggested_.TrySend(unit)) ++skipped_;
  }
  void Demand() { suggested_.Send({}); }  // bug: deadlock, leaked-task
  void Start() { loop_.Go(&Compactor::Loop, this); }
  void Stop() {
    suggested_.Close();
    loop_.Wait();
  }
  int runs() const { return runs_; }

 private:
  void Loop() {
    while (suggested_.Recv()) ++runs_;
  }

  heddle::Channel<heddle::Unit> suggested_{1};
  heddle::WaitGroup loop_;
  int runs_ = 0;
  int skipped_ = 0;
};

class Store {
 public:
  explicit Store(Compactor& compactor) : compactor_(compactor) {}

  void Open(const std::vector<int>& journal) {
    Recover(journal);  // bug: deadlock
    compactor_.Demand();  // bug: deadlock
    compactor_.Start();  // bug: deadlock
  }

  void Close() { compactor_.Stop(); }

 private:
  static constexpr int kFlushAt = 8;

  void Recover(const std::vector<int>& journal) {
    for (int bytes : journal) {
      pending_ += bytes;
      if (pending_ >= kFlushAt) Flush();
    }
  }

  void Flush() {
    pending_ = 0;
    compactor_.Suggest();  // bug: deadlock
  }

  Compactor& compactor_;
  int pending_ = 0;
};

int main() {
  Compactor compactor;
  auto store = std::make_unique<Store>(compactor);
  store->Open({3, 4, 5, 6});  // bug: deadlock
  store->Close();
  std::printf("%d runs\n", compactor.runs());
}
