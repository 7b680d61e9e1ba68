// What: A subtitler waits on a condition for the next line of a film or its end; ending the film sets the flag that the wait looks at and wakes everybody.
// Run: clean
#include <condition_variable>
#include <cstdio>
#include <deque>
#include <mutex>
#include <string>
#include <thread>
#include <utility>

class LineSource {
 public:
  virtual ~LineSource() = default;
  virtual bool Next(std::string& line) = 0;  // false at the end
};

class Reel : public LineSource {
 public:
  void Put(std::string line) {
    std::lock_guard<std::mutex> guard(mu_);
    lines_.push_back(std::move(line));
    changed_.notify_one();
  }

  void End() {
    std::lock_guard<std::mutex> guard(mu_);
    ended_ = true;
    changed_.notify_all();
  }

  bool Next(std::string& line) override {
    std::unique_lock<std::mutex> lock(mu_);
    while (lines_.empty()) {
      if (ended_) return false;
      changed_.wait(lock);
    }
    line = std::move(lines_.front());
    lines_.pop_front();
    return true;
  }

 private:
  std::mutex mu_;
  std::condition_variable changed_;
  std::deque<std::string> lines_;
  bool ended_ = false;
};

class Subtitler {
 public:
  explicit Subtitler(LineSource& source) : source_(source), thread_([this] { Show(); }) {}
  ~Subtitler() { thread_.join(); }
  Subtitler(const Subtitler&) = delete;
  Subtitler& operator=(const Subtitler&) = delete;

 private:
  void Show() {
    for (std::string line; source_.Next(line);) std::printf("[%s]\n", line.c_str());
  }

  LineSource& source_;
  std::thread thread_;
};

int main() {
  Reel reel;
  Subtitler subtitler(reel);
  for (const char* line : {"Who is there?", "Nobody.", "Come in, then."}) {
    reel.Put(line);
    std::this_thread::yield();
  }
  reel.End();
}
