// What: A log writer flushes with its lock held and selects there between its sink and the stop; the sink writes a line of its own first, which needs the lock.
// Run: hang-some
#include <heddle/heddle.h>

#include <cstdio>
#include <string>
#include <utility>
#include <vector>

class LogWriter {
 public:
  void Write(std::string line) {
    heddle::MutexLock lock(mu_);  // bug: blocking-under-lock, deadlock
    lines_.push_back(std::move(line));
  }

  void Flush(heddle::SendChannel<std::string> sink, heddle::RecvChannel<heddle::Unit> stop) {
    heddle::MutexLock lock(mu_);  // bug: blocking-under-lock, deadlock
    for (const std::string& line : lines_) {
      if (heddle::Select(heddle::OnRecv(stop), heddle::OnSend(sink, line)) == 0) break;  // bug: blocking-under-lock, deadlock
    }
    lines_.clear();
  }

 private:
  heddle::Mutex mu_;
  std::vector<std::string> lines_;
};

class Sink {
 public:
  explicit Sink(LogWriter& log) : log_(log) {}
  heddle::SendChannel<std::string> Input() const { return input_; }
  void Take(int lines) {
    log_.Write("sink opened");  // bug: blocking-under-lock, deadlock
    for (int i = 0; i < lines; ++i) std::printf("%s\n", input_.Recv()->c_str());
  }

 private:
  LogWriter& log_;
  heddle::Channel<std::string> input_;
};

int main() {
  LogWriter log;
  log.Write("one");
  log.Write("two");
  Sink sink(log);
  heddle::Channel<heddle::Unit> stop;
  heddle::Channel<heddle::Unit> flushing;
  heddle::WaitGroup tasks;
  tasks.Go([&log, &sink, stop, flushing]() mutable {
    flushing.Send({});
    log.Flush(sink.Input(), stop);  // bug: blocking-under-lock, deadlock
  });
  flushing.Recv();
  sink.Take(2);
  stop.Close();
  tasks.Wait();
}
