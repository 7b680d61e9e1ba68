// Semaphore: a number of permits to take and give back.
#ifndef HEDDLE_SEMAPHORE_H_
#define HEDDLE_SEMAPHORE_H_

#include <cstdint>

#include "heddle/internal/atomic.h"
#include "heddle/internal/frame.h"

namespace heddle {

// Weighted and fair: who waits is served in order, and one that wants many permits is
// not passed by others that want few.
//
//   state = permits * 2 + (somebody waits)
//
// Memory ordering: a Release happens before the return of every Acquire that needed it.
// May be destroyed as soon as such an Acquire has returned: Release touches nothing of it
// after letting the waiter go.
class Semaphore {
 public:
  // Starts with `n` permits. There is no upper limit.
  explicit Semaphore(std::int64_t n) : state_(n * 2) {}
  Semaphore(const Semaphore&) = delete;
  Semaphore& operator=(const Semaphore&) = delete;

  // Takes `n` permits. Blocks: task, until there are that many and nobody waits before.
  [[gnu::always_inline]] inline void Acquire(std::int64_t n = 1) {
    Take(n);
    internal::KeepFrame();
  }
  // Takes them if it need not wait. Blocks: never.
  bool TryAcquire(std::int64_t n = 1);
  // Gives `n` permits. Blocks: never.
  void Release(std::int64_t n = 1);

 private:
  void Take(std::int64_t n);

  internal::Atomic<std::int64_t> state_;
};

}  // namespace heddle

#endif  // HEDDLE_SEMAPHORE_H_
