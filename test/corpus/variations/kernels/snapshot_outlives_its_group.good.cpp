// What: A snapshot counts its writer on a wait group of its own function and waits for it before it returns.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <string>
#include <vector>

class Table {
 public:
  void Insert(std::string row) { rows_.push_back(std::move(row)); }

  std::size_t Snapshot() const {
    heddle::WaitGroup writer;
    writer.Add(1);
    heddle::go([&writer, rows = rows_] {
      heddle::Defer done([&writer] { writer.Done(); });
      for (const std::string& row : rows) std::printf("saved %s\n", row.c_str());
    });
    writer.Wait();
    return rows_.size();
  }

 private:
  std::vector<std::string> rows_;
};

int main() {
  Table table;
  table.Insert("ada");
  table.Insert("bob");
  std::printf("%zu rows\n", table.Snapshot());
}
