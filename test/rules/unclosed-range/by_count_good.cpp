// RUN: %expect %s
// As by_count.cpp: closed, or counted by the same number under other names.
// That there is nothing to start is nobody's wish.
#include <heddle/heddle.h>

#include <string>
#include <vector>

struct Row {
  int number = 0;
  std::string text;
};

struct Sheet;
Row Typeset(const Sheet& sheet, int number) noexcept;

std::vector<Row> Print(const Sheet& sheet, int rows) {
  std::vector<Row> printed(static_cast<std::size_t>(rows));
  heddle::Channel<Row> set(8);
  heddle::WaitGroup setters, closer;
  for (int i = 0; i < rows; ++i) setters.Go([&sheet, i, set] { set.Send(Typeset(sheet, i)); });
  closer.Go([&setters, set] {
    setters.Wait();
    set.Close();
  });
  for (const Row& row : set) printed[static_cast<std::size_t>(row.number)] = row;
  closer.Wait();
  return printed;
}

std::vector<Row> Count(const Sheet& sheet, int rows) {
  std::vector<Row> printed(static_cast<std::size_t>(rows));
  heddle::Channel<Row> set;
  for (int i = 0; i < rows; ++i) heddle::go([&sheet, i, set] { set.Send(Typeset(sheet, i)); });
  const int expected = rows;
  for (int left = expected; left > 0; --left) {
    Row row = *set.Recv();
    printed[static_cast<std::size_t>(row.number)] = row;
  }
  return printed;
}

Row First(const Sheet& sheet, int rows) {
  std::vector<Row> printed(static_cast<std::size_t>(rows));
  heddle::Channel<Row> set(static_cast<std::size_t>(rows));
  for (int i = 0; i < rows; ++i) heddle::go([&sheet, i, set] { set.Send(Typeset(sheet, i)); });
  return *set.Recv();
}
