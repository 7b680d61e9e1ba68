// What: A batch that turns out to be empty leaves its task before the Done, so the wait for all batches never ends.
// Run: deadlock
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
      pending_.Add(1);  // bug: missing-done, counter-mismatch
      heddle::go([this, batch = std::move(batch)] { Import(batch); });  // bug: missing-done, leaked-task
    }
  }

  void Wait() { pending_.Wait(); }  // bug: missing-done, counter-mismatch, deadlock

 private:
  void Import(const Batch& batch) {
    for (std::size_t row = 0;; ++row) {
      if (batch.empty()) return;  // bug: missing-done, done-not-deferred
      if (row == batch.size()) break;
      Insert(batch[row]);
    }
    pending_.Done();  // bug: missing-done, done-not-deferred
  }

  static void Insert(const std::string& row) { std::printf("%s\n", row.c_str()); }

  heddle::WaitGroup pending_;
};

int main() {
  Importer importer;
  importer.Start({{"ada", "bob"}, {}, {"cyd"}});
  importer.Wait();  // bug: missing-done, counter-mismatch, deadlock
}
