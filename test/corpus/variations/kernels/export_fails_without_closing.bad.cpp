// What: An export sends its rows and closes the pipe behind the last; when a row is broken it returns early and the writer ranges on over the open pipe.
// Run: deadlock
#include <heddle/heddle.h>

#include <cstdio>
#include <optional>
#include <string>
#include <utility>
#include <vector>

struct Row {
  std::string name;
  int cents;
};

template <class T>
class Pipe {
 public:
  void Push(T value) { channel_.Send(std::move(value)); }
  void Finish() { channel_.Close(); }
  auto begin() const { return channel_.begin(); }
  auto end() const { return channel_.end(); }

 private:
  heddle::Channel<T> channel_;  // bug: unclosed-range
};

std::optional<std::string> Format(const Row& row) {
  if (row.cents < 0) return std::nullopt;
  return row.name + ";" + std::to_string(row.cents);
}

heddle::Error Export(const std::vector<Row>& rows, Pipe<std::string>& pipe) {
  for (const Row& row : rows) {
    std::optional<std::string> line = Format(row);
    if (!line) return "broken row: " + row.name;  // bug: unclosed-range, deadlock, leaked-task
    pipe.Push(std::move(*line));
  }
  pipe.Finish();
  return std::nullopt;
}

int main() {
  const std::vector<Row> rows = {{"tea", 320}, {"milk", 99}, {"refund", -500}, {"rice", 180}};
  Pipe<std::string> pipe;
  heddle::WaitGroup writer;
  std::size_t bytes = 0;
  writer.Go([&] {  // bug: leaked-task, unclosed-range
    for (const std::string& line : pipe) bytes += line.size();  // bug: unclosed-range, deadlock, leaked-task
  });
  if (heddle::Error error = Export(rows, pipe)) std::printf("%s\n", error->c_str());
  writer.Wait();  // bug: deadlock
  std::printf("%zu bytes\n", bytes);
}
