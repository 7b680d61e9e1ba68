// What: A search closes its result channel when it has enough hits, while the scanners still send on it.
// Run: panic
#include <heddle/heddle.h>

#include <cstdio>
#include <functional>

class Search {
 public:
  using OnHit = std::function<void(int)>;

  explicit Search(int wanted) : wanted_(wanted) {}

  void Scan(int shard, const OnHit& on_hit) {
    for (int row = 0; row < 50; ++row) {
      on_hit(shard * 1000 + row);  // bug: send-on-closed
    }
  }

  void Run(int shards) {
    heddle::WaitGroup scanners;
    for (int shard = 0; shard < shards; ++shard) {
      scanners.Go([this, shard] {  // bug: send-on-closed
        Scan(shard, [this](int row) { hits_.Send(row); });  // bug: send-on-closed
      });
    }
    for (int hit = 0; hit < wanted_; ++hit) std::printf("row %d\n", hits_.Recv().value_or(-1));
    hits_.Close();  // bug: send-on-closed
    scanners.Wait();
  }

 private:
  const int wanted_;
  heddle::Channel<int> hits_;
};

int main() {
  Search search(4);
  search.Run(2);
}
