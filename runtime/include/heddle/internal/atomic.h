// The facade in front of the memory model: every atomic operation and fence of the
// runtime goes through here. In an ordinary build these are the standard's, by another
// name. With HEDDLE_MODEL the same sources are compiled against the model checker of
// test/runtime/model, which decides who runs next and which store a load sees.
// Not part of the interface.
#ifndef HEDDLE_INTERNAL_ATOMIC_H_
#define HEDDLE_INTERNAL_ATOMIC_H_

#include <atomic>

#if defined(HEDDLE_MODEL)
#include "model_atomic.h"
#else

namespace heddle::internal {

template <class T>
using Atomic = std::atomic<T>;

[[gnu::always_inline]] inline void Fence(std::memory_order order) {
  std::atomic_thread_fence(order);
}

// Whether this is the model checker's build, in which tables and spins are small.
inline constexpr bool kModelled = false;

// Faults that the model checker's own tests put in on purpose, to see it find them.
enum class Plant { kLostWakeUp, kMissingFence, kDoubleResume };
constexpr bool Planted(Plant) { return false; }

// An invariant that only the model checker looks at.
constexpr void ModelRequire(bool, const char*) {}

}  // namespace heddle::internal

// A thread_local variable of a scalar type, for the runtime's own sources.
#define HEDDLE_PER_THREAD(type) [[gnu::tls_model("initial-exec")]] thread_local type

#endif  // HEDDLE_MODEL

#endif  // HEDDLE_INTERNAL_ATOMIC_H_
