// RUN: %expect-only=-*,heddle-blocking-under-lock -- %s
// The lock is taken in a method, the wait is in another one that it calls, and
// the task that would end it needs the lock in a third.
#include <heddle/heddle.h>

class Press {
 public:
  Press() {
    running_.Go([this] { Run(); });
  }
  void Stop() {
    heddle::MutexLock lock(mu_);  // note: "'.*mu_' is acquired here"
    AwaitEnd();
  }
  // As it should be.
  void StopUnlocked() {
    {
      heddle::MutexLock lock(mu_);
      printed_ = 0;
    }
    AwaitEnd();
  }

 private:
  void AwaitEnd() {
    running_.Wait();  // want: blocking-under-lock "blocks while '.*mu_' is held"
  }
  void Run() { Count(); }
  void Count() {
    heddle::MutexLock lock(mu_);
    ++printed_;
  }

  heddle::Mutex mu_;
  int printed_ = 0;
  heddle::WaitGroup running_;
};

int main() {
  Press press;
  press.Stop();
}
