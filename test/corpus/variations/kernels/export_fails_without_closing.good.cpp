// What: An export sends its rows and closes the pipe on every way out, a broken row included.
// Run: clean
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
  heddle::Channel<T> channel_;
};

std::optional<std::string> Format(const Row& row) {
  if (row.cents < 0) return std::nullopt;
  return row.name + ";" + std::to_string(row.cents);
}

heddle::Error Export(const std::vector<Row>& rows, Pipe<std::string>& pipe) {
  HEDDLE_DEFER(pipe.Finish());
  for (const Row& row : rows) {
    std::optional<std::string> line = Format(row);
    if (!line) return "broken row: " + row.name;
    pipe.Push(std::move(*line));
  }
  return std::nullopt;
}

int main() {
  const std::vector<Row> rows = {{"tea", 320}, {"milk", 99}, {"refund", -500}, {"rice", 180}};
  Pipe<std::string> pipe;
  heddle::WaitGroup writer;
  std::size_t bytes = 0;
  writer.Go([&] {
    for (const std::string& line : pipe) bytes += line.size();
  });
  if (heddle::Error error = Export(rows, pipe)) std::printf("%s\n", error->c_str());
  writer.Wait();
  std::printf("%zu bytes\n", bytes);
}
