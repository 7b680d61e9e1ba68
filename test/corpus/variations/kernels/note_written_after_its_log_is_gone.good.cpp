// What: A regatta waits for its watchers and for the tasks to which they leave the notes on what they saw.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

class Sink {
 public:
  virtual ~Sink() = default;
  virtual void Write(const std::string& line) = 0;
};

class MemorySink : public Sink {
 public:
  void Write(const std::string& line) override {
    heddle::MutexLock lock(mu_);
    lines_.push_back(line);
  }
  std::size_t size() {
    heddle::MutexLock lock(mu_);
    return lines_.size();
  }

 private:
  heddle::Mutex mu_;
  std::vector<std::string> lines_;
};

class Log {
 public:
  explicit Log(Sink& sink) : sink_(sink) {}
  void Note(const std::string& what) { sink_.Write("seen: " + what); }

 private:
  Sink& sink_;
};

class Watcher {
 public:
  Watcher(std::string buoy, Log& log, heddle::WaitGroup& tasks)
      : buoy_(std::move(buoy)), log_(log), tasks_(tasks) {}

  void Start(std::shared_ptr<Watcher> self) {
    tasks_.Go([self = std::move(self)] { self->Watch(self); });
  }

 private:
  void Watch(const std::shared_ptr<Watcher>& self) {
    for (int boat = 1; boat <= 2; ++boat) Passed(self, boat);
  }

  void Passed(const std::shared_ptr<Watcher>& self, int boat) {
    tasks_.Go([self, boat] {
      self->log_.Note(self->buoy_ + " by boat " + std::to_string(boat));
    });
  }

  const std::string buoy_;
  Log& log_;
  heddle::WaitGroup& tasks_;
};

void RunRegatta() {
  MemorySink sink;
  Log log(sink);
  heddle::WaitGroup tasks;
  for (const char* buoy : {"north", "south"}) {
    auto watcher = std::make_shared<Watcher>(buoy, log, tasks);
    watcher->Start(watcher);
  }
  tasks.Wait();
  std::printf("%zu notes\n", sink.size());
}

int main() { RunRegatta(); }
