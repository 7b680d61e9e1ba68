// See stack_guard.h.
#include "stack_guard.h"

#include <sys/mman.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>

#include "env.h"
#include "fatal.h"
#include "stack.h"

namespace heddle::internal {

namespace {

#ifndef MADV_GUARD_INSTALL
#define MADV_GUARD_INSTALL 102
#endif

constexpr std::size_t kPageBytes = 4096;  // the smallest that Linux has; larger ones are fewer
constexpr int kUsualMapCount = 65530;

Atomic<bool> regions_refused{false};
Atomic<int> own_pages{0};  // stacks with inaccessible pages of their own

// What the kernel grants at most, or its default.
int MaxMapCount() {
  int count = kUsualMapCount;
  if (std::FILE* file = std::fopen("/proc/sys/vm/max_map_count", "re")) {
    if (std::fscanf(file, "%d", &count) != 1) count = kUsualMapCount;
    std::fclose(file);
  }
  return count;
}

int OwnGuards() {
  static const int count = MaxMapCount() / 8;
  return count;
}

// Returns false when the kernel has none.
bool InstallRegion(std::byte* base) {
  static const bool unwanted = EnvIs("HEDDLE_GUARD", "pages");
  if (unwanted || regions_refused.load(std::memory_order_relaxed)) return false;  // a hint
  int result;
  do {
    result = madvise(base, GuardBytes(), MADV_GUARD_INSTALL);
  } while (result != 0 && errno == EINTR);
  if (result == 0) return true;
  if (errno != EINVAL) Fatal("heddle: cannot guard a goroutine stack (out of memory)");
  regions_refused.store(true, std::memory_order_relaxed);
  return false;
}

}  // namespace

std::size_t GuardBytes() {
  static const std::size_t bytes =
      std::clamp(StackBytes() / 4, std::size_t{16 << 10}, kMaxGuardBytes);
  return bytes;
}

Atomic<bool> guards_shared{false};

bool InstallGuard(std::byte* base, bool must) {
  if (InstallRegion(base)) return true;
  // relaxed: a number
  if (!must && own_pages.load(std::memory_order_relaxed) >= OwnGuards()) {
    guards_shared.store(true);
    return false;
  }
  own_pages.fetch_add(1, std::memory_order_relaxed);
  if (mprotect(base, GuardBytes(), PROT_NONE) != 0) {
    Fatal("heddle: cannot guard another goroutine stack (raise vm.max_map_count)");
  }
  return true;
}

bool GapTouched(std::byte* base) {
  unsigned char resident[kMaxGuardBytes / kPageBytes] = {};
  if (mincore(base, GuardBytes(), resident) != 0) return false;
  for (unsigned char r : resident) {
    if ((r & 1) != 0) return true;
  }
  return false;
}

}  // namespace heddle::internal
