// What: A search cancels its scanners when it has enough hits and nobody closes the channel that they send on.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <functional>

class Search {
 public:
  using OnHit = std::function<bool(int)>;

  explicit Search(int wanted) : wanted_(wanted) {}

  void Scan(int shard, const OnHit& on_hit) {
    for (int row = 0; row < 50; ++row) {
      if (!on_hit(shard * 1000 + row)) return;
    }
  }

  void Run(int shards) {
    heddle::WaitGroup scanners;
    for (int shard = 0; shard < shards; ++shard) {
      scanners.Go([this, shard] {
        Scan(shard, [this](int row) {
          return heddle::Select(heddle::OnSend(hits_, row), heddle::OnRecv(enough_)) == 0;
        });
      });
    }
    for (int hit = 0; hit < wanted_; ++hit) std::printf("row %d\n", hits_.Recv().value_or(-1));
    enough_.Close();
    scanners.Wait();
  }

 private:
  const int wanted_;
  heddle::Channel<int> hits_;
  heddle::Channel<heddle::Unit> enough_;
};

int main() {
  Search search(4);
  search.Run(2);
}
