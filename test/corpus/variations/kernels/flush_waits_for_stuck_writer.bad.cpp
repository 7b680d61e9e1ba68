// What: A flush waits on a condition until the writer has put everything out; the writer is blocked sending to a sink that the flushing caller reads afterwards.
// Run: deadlock
#include <heddle/heddle.h>

#include <cstdio>
#include <string>
#include <utility>
#include <vector>

class Spooler {
 public:
  heddle::RecvChannel<std::string> Sink() const { return sink_; }

  void Start() {
    writer_.Go([this] { WriteAll(); });  // bug: deadlock, leaked-task
  }

  void Put(std::string line) {
    {
      heddle::MutexLock lock(mu_);
      ++unwritten_;
    }
    lines_.Send(std::move(line));
  }

  // Waits until all that was put before is written.
  void Flush() {
    heddle::MutexLock lock(mu_);
    while (unwritten_ > 0) written_.Wait();  // bug: deadlock
  }

  void Close() {
    lines_.Close();
    writer_.Wait();
    sink_.Close();
  }

 private:
  void WriteAll() {
    for (std::string& line : lines_) {
      sink_.Send("> " + line);  // bug: deadlock, leaked-task
      heddle::MutexLock lock(mu_);
      if (--unwritten_ == 0) written_.Broadcast();
    }
  }

  heddle::Mutex mu_;
  heddle::Cond written_{mu_};
  int unwritten_ = 0;
  heddle::Channel<std::string> lines_{16};
  heddle::Channel<std::string> sink_;
  heddle::WaitGroup writer_;
};

void Drain(const heddle::RecvChannel<std::string>& sink) {
  for (const std::string& line : sink) std::printf("%s\n", line.c_str());
}

int main() {
  Spooler spooler;
  spooler.Start();
  for (const char* line : {"dear sir", "thank you", "yours"}) spooler.Put(line);
  spooler.Flush();  // bug: deadlock
  heddle::WaitGroup reader;
  reader.Go([&spooler] { Drain(spooler.Sink()); });
  spooler.Close();
  reader.Wait();
}
