// What: A recorder is sealed by its session, which closes the tape; leaving the scope flushes what is left and sends it on the closed tape.
// Run: panic
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
    for (std::string& note : notes_) tape_.Send(std::move(note));  // bug: send-on-closed
    notes_.clear();
  }

  void Seal() {
    tape_.Close();  // bug: send-on-closed
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
    HEDDLE_DEFER(recorder_.Flush());  // bug: send-on-closed
    for (int scene = 1; scene <= scenes; ++scene) {
      recorder_.Note("scene " + std::to_string(scene));
    }
    recorder_.Seal();  // bug: send-on-closed
  }  // bug: send-on-closed

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
