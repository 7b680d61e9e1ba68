// TaskGroup: goroutines working on parts of one thing, of which the first failure
// cancels the rest (Go's errgroup).
#ifndef HEDDLE_TASK_GROUP_H_
#define HEDDLE_TASK_GROUP_H_

#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

#include "heddle/context.h"
#include "heddle/mutex.h"
#include "heddle/wait_group.h"

namespace heddle {

// What went wrong; empty: nothing.
using Error = std::optional<std::string>;

class TaskGroup {
 public:
  // Tasks get a context of the group's own through Ctx().
  TaskGroup() : TaskGroup(Background()) {}
  explicit TaskGroup(const Context& parent);
  // Requires: Wait has returned, or nothing was started.
  ~TaskGroup();
  TaskGroup(const TaskGroup&) = delete;
  TaskGroup& operator=(const TaskGroup&) = delete;

  // Cancelled by the first failure, and when Wait returns.
  const Context& Ctx() const { return scope_.ctx; }

  // Runs `f()` as a goroutine. It fails by returning an Error that is not empty, or by
  // throwing; `f` may also return nothing. Blocks: task, while SetLimit's many run.
  template <class F>
  [[gnu::always_inline]] inline void Go(F&& f) {
    if (limit_ != nullptr) limit_->Acquire();
    tasks_.Go(Task<std::decay_t<F>>{this, std::forward<F>(f)});
  }

  // Starts `f()` and returns true, unless SetLimit's many run already. Blocks: never.
  template <class F>
  [[gnu::always_inline]] inline bool TryGo(F&& f) {
    if (limit_ != nullptr && !limit_->TryAcquire()) return false;
    tasks_.Go(Task<std::decay_t<F>>{this, std::forward<F>(f)});
    return true;
  }

  // Waits for all; returns the first failure. Blocks: task.
  Error Wait();

  // At most `n` run at a time from now on; negative: any number.
  // Panics: `errgroup: modify limit while goroutines in the group are still active`.
  void SetLimit(int n);

 private:
  template <class F>
  struct Task {
    TaskGroup* group;
    F f;

    void operator()() {
      try {
        if constexpr (std::is_void_v<std::invoke_result_t<F&>>) {
          f();
        } else {
          const Error error = f();
          if (error) group->Fail(*error);
        }
      } catch (...) {
        group->Fail(internal::CurrentPanicText());
      }
      group->Finish();
    }
  };

  void Fail(const std::string& text);
  void Finish();

  CancelableContext scope_;
  WaitGroup tasks_;
  std::unique_ptr<Semaphore> limit_;
  int permits_ = 0;
  Mutex mutex_;
  Error first_ HEDDLE_GUARDED_BY(mutex_);
};

}  // namespace heddle

#endif  // HEDDLE_TASK_GROUP_H_
