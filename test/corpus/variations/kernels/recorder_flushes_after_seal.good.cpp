// What: A recorder is flushed and then sealed by its session; leaving the scope finds nothing to flush.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <string>
#include <utility>
#include <vector>

class Recorder {
 public:
  explicit Recorder(heddle::SendChannel<std::string> tape) : tape_(std::move(tape)) {}

  void Note(std::string text) {
    notes_.push_back(std::move(text));
    if (notes_.size() == kBatch) Flush();
  }

  void Flush() {
    for (std::string& note : notes_) tape_.Send(std::move(note));
    notes_.clear();
  }

  void Seal() {
    Flush();
    tape_.Close();
  }

 private:
  static constexpr std::size_t kBatch = 2;
  heddle::SendChannel<std::string> tape_;
  std::vector<std::string> notes_;
};

class Session {
 public:
  explicit Session(Recorder& recorder) : recorder_(recorder) {}

  void Play(int scenes) {
    HEDDLE_DEFER(recorder_.Flush());
    for (int scene = 1; scene <= scenes; ++scene) {
      recorder_.Note("scene " + std::to_string(scene));
    }
    recorder_.Seal();
  }

 private:
  Recorder& recorder_;
};

int main() {
  heddle::Channel<std::string> tape(8);
  heddle::WaitGroup player;
  player.Go([tape] {
    Recorder recorder(tape);
    Session(recorder).Play(3);
  });
  int lines = 0;
  for (const std::string& line : tape) lines += line.empty() ? 0 : 1;
  player.Wait();
  std::printf("%d lines\n", lines);
}
