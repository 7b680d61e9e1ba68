// What: A pool's Submit adds to the wait group in the task that it starts, so a Drain right after it may pass.
// Run: lost-work
#include <heddle/heddle.h>

#include <cstdio>
#include <functional>
#include <memory>
#include <utility>

class Pool {
 public:
  explicit Pool(int limit) : slots_(limit) {}

  void Submit(std::function<void()> job) {
    heddle::go([this, job = std::move(job)] {  // bug: add-after-spawn, unawaited-task
      slots_.Acquire();
      active_.Add(1);  // bug: add-after-spawn
      HEDDLE_DEFER(active_.Done());
      HEDDLE_DEFER(slots_.Release());
      job();
    });
  }

  void Drain() { active_.Wait(); }  // bug: add-after-spawn

 private:
  heddle::Semaphore slots_;
  heddle::WaitGroup active_;
};

int main() {
  auto pool = std::make_shared<Pool>(2);
  for (int i = 0; i < 4; ++i) {
    pool->Submit([i] { std::printf("job %d\n", i); });
  }
  pool->Drain();  // bug: add-after-spawn
}
