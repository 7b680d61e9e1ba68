// What valgrind must be told of goroutines' stacks: that they are stacks, so that a switch is
// not taken for one huge change of the stack pointer. Its header is used where the library is
// built, if it is there; programs that use the library need neither.
// Cost: some ten instructions per stack ever made, outside valgrind.
#ifndef HEDDLE_SRC_VALGRIND_H_
#define HEDDLE_SRC_VALGRIND_H_

#include <cstddef>

#if HEDDLE_VALGRIND
#include <valgrind/valgrind.h>
#endif

namespace heddle::internal {

// Stacks are never unmapped, so there is nothing to take back.
inline void TellValgrind([[maybe_unused]] std::byte* low, [[maybe_unused]] std::size_t bytes) {
#if HEDDLE_VALGRIND
  static_cast<void>(VALGRIND_STACK_REGISTER(low, low + bytes - 1));
#endif
}

}  // namespace heddle::internal

#endif  // HEDDLE_SRC_VALGRIND_H_
