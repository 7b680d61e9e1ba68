// RUN: %expect %s
// One number of which nothing is known makes a container and starts the tasks.
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
  heddle::WaitGroup setters;
  for (int i = 0; i < rows; ++i) setters.Go([&sheet, i, set] { set.Send(Typeset(sheet, i)); });
  for (const Row& row : set)  // want: unclosed-range "nothing closes it"
    printed[static_cast<std::size_t>(row.number)] = row;
  setters.Wait();
  return printed;
}
