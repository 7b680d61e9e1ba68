// What: A log tailer asks whether it was stopped and then sends its line without an alternative; the reader leaves at the stop and waits for the tailer.
// Run: hang-some
#include <heddle/heddle.h>

#include <cstdio>
#include <functional>
#include <optional>
#include <string>
#include <utility>

class LineSource {
 public:
  virtual ~LineSource() = default;
  virtual std::string Next() = 0;
};

class Numbered : public LineSource {
 public:
  std::string Next() override { return "line " + std::to_string(++number_); }

 private:
  int number_ = 0;
};

class Tailer {
 public:
  explicit Tailer(LineSource& source) : source_(source) {
    loop_.Go(&Tailer::Loop, this);  // bug: leaked-task, deadlock
  }
  ~Tailer() {
    stop_.Close();
    loop_.Wait();  // bug: deadlock
  }
  std::optional<std::string> Read() { return lines_.Recv(); }

 private:
  bool Stopped() const { return stop_.TryRecv().state == heddle::RecvState::kClosed; }

  void Loop() {
    while (!Stopped()) {
      std::string line = source_.Next();
      lines_.Send(std::move(line));  // bug: leaked-task, deadlock
    }
  }

  LineSource& source_;
  heddle::Channel<std::string> lines_;
  heddle::Channel<heddle::Unit> stop_;
  heddle::WaitGroup loop_;
};

// Reads until `enough` says so.
int ReadSome(Tailer& tailer, const std::function<bool(const std::string&)>& enough) {
  int lines = 0;
  while (std::optional<std::string> line = tailer.Read()) {
    ++lines;
    if (enough(*line)) break;
  }
  return lines;
}

int main() {
  Numbered source;
  Tailer tailer(source);
  const int lines = ReadSome(tailer, [](const std::string& line) { return line.ends_with("5"); });
  std::printf("%d lines\n", lines);
}  // bug: deadlock
