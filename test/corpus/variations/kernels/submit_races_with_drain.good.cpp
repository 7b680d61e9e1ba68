// What: A pool's Submit adds to the wait group before it starts the task.
// Run: clean
#include <heddle/heddle.h>

#include <cstdio>
#include <functional>
#include <memory>
#include <utility>

class Pool {
 public:
  explicit Pool(int limit) : slots_(limit) {}

  void Submit(std::function<void()> job) {
    active_.Add(1);
    heddle::go([this, job = std::move(job)] {
      slots_.Acquire();
      HEDDLE_DEFER(active_.Done());
      HEDDLE_DEFER(slots_.Release());
      job();
    });
  }

  void Drain() { active_.Wait(); }

 private:
  heddle::Semaphore slots_;
  heddle::WaitGroup active_;
};

int main() {
  auto pool = std::make_shared<Pool>(2);
  for (int i = 0; i < 4; ++i) {
    pool->Submit([i] { std::printf("job %d\n", i); });
  }
  pool->Drain();
}
