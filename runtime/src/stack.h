// Stacks: reserved address space, committed by the kernel as it is touched, with a
// guard at the low end.
//
// Stacks are cut from large slabs (16 MiB, doubling to 1 GiB) that are mapped without
// reservation and never unmapped; adjoining slabs are one mapping to the kernel, so
// the number of goroutines does not run into vm.max_map_count. The guard is described
// in stack_guard.h; stacks larger than a slot are in large_stack.h.
//
// Free stacks keep their pages while they are likely to be used again: those that no
// worker has asked for in 100 ms (all but 256) give them back to the kernel, a few at a
// time, on the monitor's thread. Each worker keeps up to 128 more.
//
// Cost: one page resident per stack that has run shallow code; bind from the cache
// 5 ns, first use of a stack one guard call (0.4 us) and a page fault (1.5 us).
#ifndef HEDDLE_SRC_STACK_H_
#define HEDDLE_SRC_STACK_H_

#include <cstddef>
#include <cstdint>

namespace heddle::internal {

struct Stack {
  Stack* next;      // in a free list
  std::byte* base;  // lowest address of the slot; the guard comes first
  std::size_t bytes;
  bool own_guard;  // else it shares one, see stack_guard.h
  void* Top() const;
  std::byte* Low() const;  // lowest usable address
  std::size_t UsableBytes() const;
};

// Bytes of a slot, guard included: HEDDLE_STACK (bytes, or with K or M), else 256 KiB
// (1 MiB under AddressSanitizer, whose frames are larger). A power of two.
std::size_t StackBytes();

// Makes sure that `count` more stacks can be taken. Returns false when there is no
// address space for them.
bool ReserveStacks(int count);
void UnreserveStacks(int count);

// A cache of free stacks, hottest first. Thread-safety: none.
struct StackCache {
  Stack* head = nullptr;
  int size = 0;
  // Requires: a reservation not yet used. Ensures: the guard is in place.
  Stack* Take();
  void Give(Stack* stack);
};

// Gives pages of stacks back that have not been used for a while; for the monitor.
// Returns when it is to be called again, or -1.
std::int64_t TrimStacks(std::int64_t now_ns);

// How many stacks of a slot there are, and how many of those are free and in nobody's
// cache. For tests, which look for lost ones. Cost: a walk over the free ones.
struct StackCounts {
  std::int64_t made;
  std::int64_t free;
};
StackCounts CountStacks();

// Whether `address` lies in the guard of some stack. Async-signal-safe.
bool IsStackGuard(const void* address);

}  // namespace heddle::internal

#endif  // HEDDLE_SRC_STACK_H_
