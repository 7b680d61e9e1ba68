// WaitGroup: wait until a counted number of things has been done.
#ifndef HEDDLE_WAIT_GROUP_H_
#define HEDDLE_WAIT_GROUP_H_

#include <cstdint>
#include <type_traits>
#include <utility>

#include "heddle/internal/atomic.h"
#include "heddle/internal/frame.h"
#include "heddle/internal/spawn.h"
#include "heddle/panic.h"

namespace heddle {

// A counter, and tasks waiting for it to be zero. One word:
//
//   counter  waiters   meaning
//   0        0         nothing to wait for; Wait returns at once
//   n        0         n things to be done
//   n        w         the same, and w tasks parked in Wait
//   (0, w) does not exist: the Add that makes the counter zero also takes the waiters
//
// All that happened before a Done happens before the return of every Wait that it
// ends. May be destroyed as soon as Wait has returned: the last Done touches nothing
// of it after letting the waiters go.
class WaitGroup {
 public:
  WaitGroup() = default;
  // Destroying one whose counter is not zero is misuse, reported on stderr.
  ~WaitGroup();
  WaitGroup(const WaitGroup&) = delete;
  WaitGroup& operator=(const WaitGroup&) = delete;

  // Adds `delta`, which may be negative. Must happen before the Wait that is to wait
  // for it: in the task that waits, before the `go`. Blocks: never.
  // Panics: `sync: negative WaitGroup counter` (the counter stays as it was). An Add that
  // comes too late is seen by the waiter: see Wait.
  void Add(int delta);
  // Add(-1).
  void Done() { Add(-1); }
  // Returns once the counter is zero. Blocks: task.
  // Panics: `sync: WaitGroup is reused before previous Wait has returned`.
  [[gnu::always_inline]] inline void Wait() {
    WaitForZero();
    internal::KeepFrame();
  }

  // Add(1), then `f(args...)` as a goroutine, then Done, even if it panics: the report is
  // on stderr, and the callable destroyed, before Done.
  template <class F, class... Args>
  [[gnu::always_inline]] inline void Go(F&& f, Args&&... args) {
    static_assert(std::is_invocable_v<std::decay_t<F>, std::decay_t<Args>...>,
                  "heddle::WaitGroup::Go: the callable cannot be called with these arguments");
    using C = Counted<internal::Closure<std::decay_t<F>, std::decay_t<Args>...>>;
    Add(1);
    try {
      internal::Start<C>(&internal::StartGoroutine, this, std::forward<F>(f),
                         std::forward<Args>(args)...);
    } catch (...) {
      Done();
      throw;
    }
  }

 private:
  // A closure that calls Done when it has been destroyed.
  template <class C>
  struct Counted {
    struct DoneAtEnd {
      WaitGroup* wg;
      ~DoneAtEnd() noexcept(false) { wg->Done(); }
    };
    DoneAtEnd done;  // first: destroyed last
    C closure;

    template <class... As>
    explicit Counted(WaitGroup* wg, As&&... as) : done{wg}, closure(std::forward<As>(as)...) {}
    void operator()() { internal::CallOrReport(&internal::CallClosure<C>, &closure); }
  };

  void WaitForZero();

  internal::Atomic<std::uint64_t> state_{0};  // counter << 32 | waiters
};

}  // namespace heddle

#endif  // HEDDLE_WAIT_GROUP_H_
