// What: A recorder is stopped by its owner and by its own error handler; a Once makes the close happen a single time.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <functional>
#include <memory>
#include <utility>

class Recorder {
 public:
  using OnError = std::function<void(Recorder&)>;
  explicit Recorder(OnError on_error) : on_error_(std::move(on_error)) {}

  void Start(int frames) {
    tasks_.Go([this, frames] { Record(frames); });
  }

  void Stop() {
    stopped_.Do([this] { stop_.Close(); });
  }

  int Wait() {
    tasks_.Wait();
    return frames_;
  }

 private:
  bool IsStopped() const { return stop_.TryRecv().state == heddle::RecvState::kClosed; }

  void Record(int frames) {
    for (int frame = 0; frame < frames; ++frame) {
      if (IsStopped()) return;
      ++frames_;
      if (frame % 8 == 7) on_error_(*this);
    }
  }

  OnError on_error_;
  heddle::Channel<heddle::Unit> stop_;
  heddle::Once stopped_;
  heddle::WaitGroup tasks_;
  int frames_ = 0;
};

int main() {
  int frames = 0;
  for (int take = 0; take < 200; ++take) {
    auto recorder = std::make_unique<Recorder>([](Recorder& failed) { failed.Stop(); });
    recorder->Start(16);
    recorder->Stop();
    frames += recorder->Wait();
  }
  std::printf("%d frames\n", frames);
}
