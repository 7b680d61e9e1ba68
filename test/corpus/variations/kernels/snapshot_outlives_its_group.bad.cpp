// What: A snapshot counts its writer on a wait group of its own function and returns without waiting for it.
// Run: lost-work
#include <heddle/heddle.h>

#include <cstdio>
#include <string>
#include <vector>

class Table {
 public:
  void Insert(std::string row) { rows_.push_back(std::move(row)); }

  std::size_t Snapshot() const {
    heddle::WaitGroup writer;  // bug: missing-wait
    writer.Add(1);  // bug: missing-wait
    heddle::go([&writer, rows = rows_] {  // bug: missing-wait, unawaited-task, dangling-capture
      heddle::Defer done([&writer] { writer.Done(); });
      for (const std::string& row : rows) std::printf("saved %s\n", row.c_str());
    });
    return rows_.size();
  }  // bug: missing-wait, unawaited-task, dangling-capture

 private:
  std::vector<std::string> rows_;
};

int main() {
  Table table;
  table.Insert("ada");
  table.Insert("bob");
  std::printf("%zu rows\n", table.Snapshot());
}
