// What: A watcher's Stop closes its signal; the owner stops it and its guard stops it again at the end of the scope.
// Run: panic
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
    stop_.Close();  // bug: double-close
    task_.Wait();
  }

 private:
  heddle::Channel<heddle::Unit> stop_;
  heddle::WaitGroup task_;
};

class AtExit {
 public:
  explicit AtExit(std::function<void()> action) : action_(std::move(action)) {}
  ~AtExit() noexcept(false) { action_(); }  // bug: double-close
  AtExit(const AtExit&) = delete;
  AtExit& operator=(const AtExit&) = delete;

 private:
  std::function<void()> action_;
};

void Serve(bool maintenance) {
  Watcher watcher;
  watcher.Start();
  AtExit stop([&watcher] { watcher.Stop(); });  // bug: double-close
  if (maintenance) {
    std::printf("maintenance\n");
    watcher.Stop();  // bug: double-close
  }
}

int main() {
  heddle::WaitGroup servers;
  servers.Go(Serve, false);
  servers.Go(Serve, true);
  servers.Wait();
}
