// What: An executor closes its job queue when it shuts down; a submission after that sends on the closed queue.
// Run: panic
#include <heddle/heddle.h>

#include <cstdio>
#include <functional>
#include <utility>

class Executor {
 public:
  explicit Executor(int workers) : jobs_(16) {
    for (int i = 0; i < workers; ++i) {
      workers_.Go([this] {
        for (auto& job : jobs_) job();
      });
    }
  }

  void Submit(std::function<void()> job) {
    jobs_.Send(std::move(job));  // bug: send-on-closed
  }

  void ShutDown() {
    jobs_.Close();  // bug: send-on-closed
    workers_.Wait();
  }

 private:
  heddle::Channel<std::function<void()>> jobs_;
  heddle::WaitGroup workers_;
};

class Thumbnails {
 public:
  explicit Thumbnails(Executor& executor) : executor_(executor) {}
  void Make(int photo) {
    executor_.Submit([photo] { std::printf("thumbnail %d\n", photo); });  // bug: send-on-closed
  }

 private:
  Executor& executor_;
};

int main() {
  Executor executor(2);
  Thumbnails thumbnails(executor);
  heddle::WaitGroup album;
  for (int photo = 1; photo <= 3; ++photo) thumbnails.Make(photo);
  executor.ShutDown();  // bug: send-on-closed
  album.Go([&] { thumbnails.Make(4); });  // bug: send-on-closed
  album.Wait();
}
