// What: An executor closes its job queue under a lock when it shuts down and refuses submissions after that.
// Run: clean
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
    heddle::MutexLock lock(mu_);
    if (open_) jobs_.TrySend(job);
  }

  void ShutDown() {
    {
      heddle::MutexLock lock(mu_);
      open_ = false;
      jobs_.Close();
    }
    workers_.Wait();
  }

 private:
  heddle::Mutex mu_;
  bool open_ = true;
  heddle::Channel<std::function<void()>> jobs_;
  heddle::WaitGroup workers_;
};

class Thumbnails {
 public:
  explicit Thumbnails(Executor& executor) : executor_(executor) {}
  void Make(int photo) {
    executor_.Submit([photo] { std::printf("thumbnail %d\n", photo); });
  }

 private:
  Executor& executor_;
};

int main() {
  Executor executor(2);
  Thumbnails thumbnails(executor);
  heddle::WaitGroup album;
  for (int photo = 1; photo <= 3; ++photo) thumbnails.Make(photo);
  executor.ShutDown();
  album.Go([&] { thumbnails.Make(4); });
  album.Wait();
}
