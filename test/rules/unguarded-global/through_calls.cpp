// RUN: %expect %s
// The write is some calls below the task, the lock some calls above the access.
#include <heddle/heddle.h>

#include <functional>
#include <mutex>

namespace {

std::mutex mu;
int guarded = 0;
int bare = 0;

void BumpGuarded() { ++guarded; }
void BumpBare() {
  ++bare;  // want: unguarded-global "'bare' is written here"
}

void Locked(const std::function<void()>& work) {
  std::lock_guard<std::mutex> lock(mu);
  work();
}

class Task {
 public:
  virtual ~Task() = default;
  virtual void Run() = 0;
};
class BumpTask : public Task {
 public:
  void Run() override {
    Locked([] { BumpGuarded(); });
    BumpBare();
  }
};

void StartAll(heddle::WaitGroup& wg, Task& task) {
  for (int i = 0; i < 3; ++i) wg.Go([&task] { task.Run(); });
}

}  // namespace

int main() {
  BumpTask task;
  heddle::WaitGroup wg;
  StartAll(wg, task);
  wg.Wait();
  return guarded + bare;
}
