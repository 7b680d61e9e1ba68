// Guards at the low ends of stacks, in one of two ways.
//
// Guard regions (MADV_GUARD_INSTALL, Linux 6.13): any number, no mapping of their own.
//
// Inaccessible pages, on older kernels: each splits a mapping in two, and a process may
// have vm.max_map_count (65,530) of those. So the first eighth of that number of stacks
// have guards of their own; of the later ones every 64th has, and those between share
// it: an overflow without end runs into it and ends the process as any other does,
// over up to 63 stacks that it has spoilt. One that comes back in time is found when its
// goroutine next parks while it is still deep (its stack pointer), or ends (pages of the
// gap that stands where a guard would be). So none goes unnoticed, but others may have
// run into what it spoilt before that. A million goroutines take some 47,000 mappings.
#ifndef HEDDLE_SRC_STACK_GUARD_H_
#define HEDDLE_SRC_STACK_GUARD_H_

#include <cstddef>

#include "sync.h"

namespace heddle::internal {

// Bytes of a guard: a quarter of a slot, but 16 KiB at least and 64 at most. A function whose
// frame is larger than that may step over it, and so do smaller ones where there is none.
std::size_t GuardBytes();
inline constexpr std::size_t kMaxGuardBytes = 64 << 10;
// Of so many stacks that share a guard the lowest has it.
inline constexpr int kGuardGroup = 64;

// Guards the GuardBytes at `base`, unless it returns false: then the stack may share
// the guard of one below, because there are too few for all. `must`: it may not.
// Errors: ends the process when a guard that must be is refused.
bool InstallGuard(std::byte* base, bool must);

// Whether anything below `base` + GuardBytes() has been used, where there is no guard.
bool GapTouched(std::byte* base);

// Whether any stack shares a guard: set before the first one is used. For the scheduler,
// which then looks at the stack of each goroutine that leaves it.
// Hidden, so that reading it takes one load: it is read at each switch.
[[gnu::visibility("hidden")]] extern Atomic<bool> guards_shared;

}  // namespace heddle::internal

#endif  // HEDDLE_SRC_STACK_GUARD_H_
