// Stacks larger than a slot, for goroutines started with GoOptions{.stack_bytes}: a
// mapping each, made by `go` and unmapped at the goroutine's end.
// Cost: some 10 us; two entries of vm.max_map_count each where guards are pages.
#ifndef HEDDLE_SRC_LARGE_STACK_H_
#define HEDDLE_SRC_LARGE_STACK_H_

#include <cstddef>

#include "stack.h"

namespace heddle::internal {

// A guarded stack with at least `bytes` to use, or null when there is no memory for it.
Stack* MakeLargeStack(std::size_t bytes);
void FreeLargeStack(Stack* stack);

// How many there are. For tests.
int CountLargeStacks();

// Whether `address` lies in the guard of one. Async-signal-safe.
bool IsLargeStackGuard(const void* address);

}  // namespace heddle::internal

#endif  // HEDDLE_SRC_LARGE_STACK_H_
