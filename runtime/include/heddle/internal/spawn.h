// How the templates of go.h and wait_group.h hand a callable to the scheduler.
// Not part of the interface.
//
// A closure is built in place in the goroutine's record (up to 112 bytes; larger ones
// on the heap), so that starting a goroutine allocates nothing once the records are warm.
#ifndef HEDDLE_INTERNAL_SPAWN_H_
#define HEDDLE_INTERNAL_SPAWN_H_

#include <cstddef>
#include <functional>
#include <new>
#include <tuple>
#include <type_traits>
#include <utility>

namespace heddle::internal {

struct Spawn {
  void* record;   // the goroutine
  void* storage;  // where its closure goes
};

// Errors: throws std::system_error when there is no memory for one more stack.
// `stack_bytes`: what it needs, if more than the default.
Spawn PrepareGoroutine(std::size_t size, std::size_t align, std::size_t stack_bytes = 0);
// `entry(storage)` runs the closure and destroys it. The caller's address is the
// goroutine's spawn site.
void StartGoroutine(Spawn spawn, void (*entry)(void*));
// The same with id 1, the first time.
void StartFirstGoroutine(Spawn spawn, void (*entry)(void*));
// Instead of starting it.
void AbandonGoroutine(Spawn spawn);

// A callable with its arguments, both decay-copied, as std::thread does.
template <class F, class... Args>
struct Closure {
  F f;
  std::tuple<Args...> args;

  template <class G, class... As>
  explicit Closure(G&& g, As&&... as) : f(std::forward<G>(g)), args(std::forward<As>(as)...) {}

  decltype(auto) operator()() {
    return std::apply(
        [this](Args&... as) -> decltype(auto) {
          return std::invoke(std::move(f), std::move(as)...);
        },
        args);
  }
};

template <class F>
struct Closure<F> {
  F f;
  template <class G>
  explicit Closure(G&& g) : f(std::forward<G>(g)) {}
  decltype(auto) operator()() { return std::invoke(std::move(f)); }
};

// The empty assembly keeps the user's last call from replacing this frame: it would be
// missing from reports.
template <class C>
void CallClosure(void* closure) {
  (*static_cast<C*>(closure))();
  asm volatile("");
}

// Destroys what it points to at the end of the scope, by exception too.
template <class C>
struct DestroyAtEnd {
  C* closure;
  ~DestroyAtEnd() noexcept(false) { closure->~C(); }
};

template <class C>
void RunClosure(void* storage) {
  DestroyAtEnd<C> at_end{static_cast<C*>(storage)};
  (*at_end.closure)();
}

// Inlined even without optimization: the return address of StartGoroutine is the
// line of the user's `go`. The empty assembly keeps that from being a tail call.
template <class C, class... Args>
[[gnu::always_inline]] inline void StartWith(std::size_t stack_bytes,
                                             void (*start)(Spawn, void (*)(void*)),
                                             Args&&... args) {
  const Spawn spawn = PrepareGoroutine(sizeof(C), alignof(C), stack_bytes);
  if constexpr (std::is_nothrow_constructible_v<C, Args...>) {
    ::new (spawn.storage) C(std::forward<Args>(args)...);
  } else {
    try {
      ::new (spawn.storage) C(std::forward<Args>(args)...);
    } catch (...) {
      AbandonGoroutine(spawn);
      throw;
    }
  }
  start(spawn, &RunClosure<C>);
  asm volatile("");
}

template <class C, class... Args>
[[gnu::always_inline]] inline void Start(void (*start)(Spawn, void (*)(void*)), Args&&... args) {
  StartWith<C>(0, start, std::forward<Args>(args)...);
}

}  // namespace heddle::internal

#endif  // HEDDLE_INTERNAL_SPAWN_H_
