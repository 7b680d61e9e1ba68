// What: A watcher's Stop closes its signal once, however often it is called.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <functional>
#include <utility>

class Watcher {
 public:
  void Start() {
    task_.Go([this] {
      stop_.Recv();
      std::printf("watcher stopped\n");
    });
  }
  void Stop() {
    once_.Do([this] { stop_.Close(); });
    task_.Wait();
  }

 private:
  heddle::Channel<heddle::Unit> stop_;
  heddle::Once once_;
  heddle::WaitGroup task_;
};

class AtExit {
 public:
  explicit AtExit(std::function<void()> action) : action_(std::move(action)) {}
  ~AtExit() noexcept(false) { action_(); }
  AtExit(const AtExit&) = delete;
  AtExit& operator=(const AtExit&) = delete;

 private:
  std::function<void()> action_;
};

void Serve(bool maintenance) {
  Watcher watcher;
  watcher.Start();
  AtExit stop([&watcher] { watcher.Stop(); });
  if (maintenance) {
    std::printf("maintenance\n");
    watcher.Stop();
  }
}

int main() {
  heddle::WaitGroup servers;
  servers.Go(Serve, false);
  servers.Go(Serve, true);
  servers.Wait();
}
