// What: A batch's task counts itself down with a guard, which runs for an empty batch too.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <string>
#include <utility>
#include <vector>

using Batch = std::vector<std::string>;

class Importer {
 public:
  void Start(std::vector<Batch> batches) {
    for (Batch& batch : batches) {
      pending_.Add(1);
      heddle::go([this, batch = std::move(batch)] { Import(batch); });
    }
  }

  void Wait() { pending_.Wait(); }

 private:
  void Import(const Batch& batch) {
    heddle::Defer done([this] { pending_.Done(); });
    for (std::size_t row = 0;; ++row) {
      if (batch.empty()) return;
      if (row == batch.size()) break;
      Insert(batch[row]);
    }
  }

  static void Insert(const std::string& row) { std::printf("%s\n", row.c_str()); }

  heddle::WaitGroup pending_;
};

int main() {
  Importer importer;
  importer.Start({{"ada", "bob"}, {}, {"cyd"}});
  importer.Wait();
}
