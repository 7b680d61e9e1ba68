// What: A tracer's flush takes spans from the outlet itself until its worker has nothing left.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <deque>
#include <optional>
#include <string>
#include <utility>

class Tracer {
 public:
  Tracer() { worker_.Go([this] { Forward(); }); }
  ~Tracer() {
    {
      heddle::MutexLock lock(mu_);
      closed_ = true;
      changed_.Broadcast();
    }
    worker_.Wait();
  }

  void Record(std::string span) {
    heddle::MutexLock lock(mu_);
    ++unsent_;
    spans_.push_back(std::move(span));
    changed_.Broadcast();
  }

  std::optional<std::string> Next() {
    std::optional<std::string> span = outlet_.Recv();
    heddle::MutexLock lock(mu_);
    --unsent_;
    return span;
  }

  // Takes spans until every one was sent.
  int Flush() {
    int taken = 0;
    for (; Unsent() > 0; ++taken) Next();
    return taken;
  }

 private:
  int Unsent() {
    heddle::MutexLock lock(mu_);
    return unsent_;
  }

  std::optional<std::string> Pop() {
    heddle::MutexLock lock(mu_);
    changed_.Wait([this] { return closed_ || !spans_.empty(); });
    if (spans_.empty()) return std::nullopt;
    std::string span = std::move(spans_.front());
    spans_.pop_front();
    return span;
  }

  void Forward() {
    while (std::optional<std::string> span = Pop()) {
      outlet_.Send(std::move(*span));
    }
  }

  heddle::Mutex mu_;
  heddle::Cond changed_{mu_};
  std::deque<std::string> spans_;
  int unsent_ = 0;
  bool closed_ = false;
  heddle::Channel<std::string> outlet_;
  heddle::WaitGroup worker_;
};

int main() {
  Tracer tracer;
  for (int span = 0; span < 4; ++span) tracer.Record("span " + std::to_string(span));
  std::printf("%s\n", tracer.Next().value_or("").c_str());
  const int taken = tracer.Flush();
  std::printf("%d more\n", taken);
}
