// What: An import parses lines in a task and closes its channel on every way out, after a malformed line too.
// Run: clean
#include <heddle/heddle.h>

#include <charconv>
#include <cstdio>
#include <optional>
#include <string>
#include <utility>
#include <vector>

struct Row {
  std::string name;
  int amount = 0;
};

class Import {
 public:
  explicit Import(std::vector<std::string> lines) : lines_(std::move(lines)) {}

  heddle::RecvChannel<Row> Rows() {
    parsing_.Go([this] { Parse(); });
    return rows_;
  }

  // What was wrong, if anything; to be called after the last row.
  heddle::Error Finish() {
    parsing_.Wait();
    return error_;
  }

 private:
  void Parse() {
    HEDDLE_DEFER(rows_.Close());
    for (const std::string& line : lines_) {
      std::optional<Row> row = ParseLine(line);
      if (!row) {
        error_ = "malformed: " + line;
        return;
      }
      rows_.Send(std::move(*row));
    }
  }

  static std::optional<Row> ParseLine(const std::string& line) {
    const std::size_t comma = line.find(',');
    if (comma == std::string::npos) return std::nullopt;
    Row row{line.substr(0, comma), 0};
    const char* end = line.data() + line.size();
    if (std::from_chars(line.data() + comma + 1, end, row.amount).ec != std::errc()) {
      return std::nullopt;
    }
    return row;
  }

  std::vector<std::string> lines_;
  heddle::Channel<Row> rows_{2};
  heddle::WaitGroup parsing_;
  heddle::Error error_;
};

int Sum(heddle::RecvChannel<Row> rows) {
  int sum = 0;
  for (const Row& row : rows) sum += row.amount;
  return sum;
}

int main() {
  Import import({"rope,12", "tar,7", "sail", "oar,3"});
  const int sum = Sum(import.Rows());
  const heddle::Error error = import.Finish();
  std::printf("%d, %s\n", sum, error.value_or("all read").c_str());
}
