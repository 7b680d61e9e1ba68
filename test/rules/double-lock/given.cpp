// RUN: %expect %s
// As good_given.cpp, but a caller gives what leads to the second acquisition.
#include <mutex>

class Log {
public:
  void write(const char *text, bool flush) {
    std::lock_guard<std::mutex> lock(mu_); // note: "acquired here"
    last_ = text;
    if (flush)
      sync();
  }
  void sync() {
    std::lock_guard<std::mutex> lock(mu_); // want: double-lock "is acquired again"
    last_ = nullptr;
  }

private:
  std::mutex mu_;
  const char *last_ = nullptr;
};

void report(Log &log, const char *text) {
  log.write("report", false);
  log.write(text, true);
}
