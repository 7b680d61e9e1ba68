// Starting work, and the calls about the work as a whole.
#ifndef HEDDLE_GO_H_
#define HEDDLE_GO_H_

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <optional>
#include <type_traits>
#include <utility>

#include "heddle/internal/frame.h"
#include "heddle/internal/spawn.h"
#include "heddle/panic.h"

namespace heddle {

// What a goroutine may need that is not the usual.
struct GoOptions {
  // Bytes of stack, if it needs more than the default (HEDDLE_STACK, 256 KiB). Rounded
  // up; only what is touched takes memory.
  std::size_t stack_bytes = 0;
};

// Starts `f(args...)` as a goroutine and returns at once. The callable and its
// arguments are copied (or moved) as std::thread does; std::ref passes a reference;
// `f` may be a pointer to member. The return value is dropped. The call happens before
// the first step of the goroutine. An exception that leaves `f` is a panic (panic.h).
// Errors: std::system_error when there is no memory for another stack; nothing else is lost.
// Blocks: never. Cost: about 100 ns with start, switch and end.
template <class F, class... Args>
requires(!std::is_same_v<std::decay_t<F>, GoOptions>)
    [[gnu::always_inline]] inline void go(F&& f, Args&&... args) {
  static_assert(std::is_invocable_v<std::decay_t<F>, std::decay_t<Args>...>,
                "heddle::go: the callable cannot be called with (copies of) these arguments");
  using C = internal::Closure<std::decay_t<F>, std::decay_t<Args>...>;
  internal::Start<C>(&internal::StartGoroutine, std::forward<F>(f), std::forward<Args>(args)...);
}

// As above, with options: go(GoOptions{.stack_bytes = 8 << 20}, f, args...).
// Cost: with a larger stack some 10 us, as its mapping is made and unmapped each time.
template <class F, class... Args>
[[gnu::always_inline]] inline void go(GoOptions options, F&& f, Args&&... args) {
  static_assert(std::is_invocable_v<std::decay_t<F>, std::decay_t<Args>...>,
                "heddle::go: the callable cannot be called with (copies of) these arguments");
  using C = internal::Closure<std::decay_t<F>, std::decay_t<Args>...>;
  internal::StartWith<C>(options.stack_bytes, &internal::StartGoroutine, std::forward<F>(f),
                         std::forward<Args>(args)...);
}

// Lets other goroutines run first. On an OS thread: the thread yields. Cost: 50 ns.
void Yield();

// Parks for at least `d`; not at all if it is not positive. Blocks: task.
[[gnu::always_inline]] inline void Sleep(std::chrono::nanoseconds d);

// How many workers run goroutines at a time: set to `n` if that is positive (at most
// 1024). Returns what it was before. Default: the CPUs that the process may use, or
// HEDDLE_PROCS.
int MaxProcs(int n = 0);

// Goroutines started and not yet ended. Exact when nothing starts or ends meanwhile.
std::size_t NumGoroutines();

// Who calls: a number never used again in this process, 0 on an OS thread.
std::uint64_t GoroutineId();

namespace internal {
void SleepFor(std::chrono::nanoseconds d);
// Runs `call(arg)` as goroutine 1 and waits. Returns false when it panicked. The caller's
// address is the goroutine's spawn site.
bool RunAndWait(void (*call)(void*), void* arg);
void EnterBlocking();
void ExitBlocking();

struct BlockingScope {
  BlockingScope() { EnterBlocking(); }
  ~BlockingScope() { ExitBlocking(); }
  BlockingScope(const BlockingScope&) = delete;
  BlockingScope& operator=(const BlockingScope&) = delete;
};
}  // namespace internal

void Sleep(std::chrono::nanoseconds d) {
  internal::SleepFor(d);
  internal::KeepFrame();
}

// Runs `f` as goroutine 1 on the workers and returns when it returns: what it returns,
// if that converts to int, else 0; 2 if it panicked. Blocks: the calling task.
//   int main() { return heddle::Run([] { ... }); }
template <class F>
[[gnu::always_inline]] inline int Run(F&& f) {
  struct Call {
    std::remove_reference_t<F>* f;
    int result = 0;
  } call{&f};
  const bool returned = internal::RunAndWait(
      [](void* arg) {
        auto* c = static_cast<Call*>(arg);
        if constexpr (std::is_convertible_v<std::invoke_result_t<F&&>, int>) {
          c->result = static_cast<int>(std::forward<F>(*c->f)());
        } else {
          std::forward<F> (*c->f)();
        }
        asm volatile("");  // as in CallClosure
      },
      &call);
  return returned ? call.result : 2;
}

// Runs a call that blocks in the OS (a system call, a foreign lock) and returns what it
// returns. Another worker takes over meanwhile; `f` runs on the caller's own stack and
// thread, and must not wait for other goroutines through the runtime.
// Blocks: thread. Cost: about 100 ns, and a thread when all are taken.
template <class F>
auto Blocking(F&& f) -> std::invoke_result_t<F&&> {
  internal::BlockingScope scope;
  return std::forward<F>(f)();
}

}  // namespace heddle

#endif  // HEDDLE_GO_H_
