// Once: a call that is made one time.
#ifndef HEDDLE_ONCE_H_
#define HEDDLE_ONCE_H_

#include <utility>

#include "heddle/internal/atomic.h"
#include "heddle/mutex.h"

namespace heddle {

// The first Do makes the call; every Do returns after that call has. A call that panics
// counts as made. Calling Do of the same Once from within waits for ever.
// Memory ordering: the call happens before the return of every Do.
// Cost: one load once it is done.
class Once {
 public:
  constexpr Once() = default;
  Once(const Once&) = delete;
  Once& operator=(const Once&) = delete;

  // Blocks: task, while another makes the call.
  template <class F>
  void Do(F&& f) {
    if (done_.load(std::memory_order_acquire)) return;  // pairs with the store below
    MutexLock lock(mutex_);
    if (done_.load(std::memory_order_relaxed)) return;  // written under the mutex
    struct SetAtEnd {
      internal::Atomic<bool>& done;
      ~SetAtEnd() { done.store(true, std::memory_order_release); }  // pairs with the load above
    } at_end{done_};
    std::forward<F>(f)();
  }

 private:
  internal::Atomic<bool> done_{false};
  Mutex mutex_;
};

}  // namespace heddle

#endif  // HEDDLE_ONCE_H_
