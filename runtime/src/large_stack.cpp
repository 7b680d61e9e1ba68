// See large_stack.h. Records are listed for the fault handler, reused and never freed.
#include "large_stack.h"

#include <sys/mman.h>

#include <cstdint>
#include <new>

#include "sanitizer.h"
#include "stack_guard.h"
#include "sync.h"

namespace heddle::internal {

namespace {

struct Large : Stack {
  Atomic<std::byte*> guard{nullptr};  // null: the record is free
  Large* other = nullptr;             // made before this one
};

constexpr std::size_t kUnit = 64 << 10;  // a multiple of any page size

SpinLock lock;
Large* free_records = nullptr;   // guarded by lock, linked by `next`
Atomic<Large*> newest{nullptr};  // changed under lock

Large* TakeRecord() {
  SpinGuard guard(lock);
  if (Large* large = free_records) {
    free_records = static_cast<Large*>(large->next);
    return large;
  }
  TsanIgnoreScope ignore;
  auto* large = new (std::nothrow) Large{};
  if (large == nullptr) return nullptr;
  large->other = newest.load(std::memory_order_relaxed);  // written under lock
  newest.store(large, std::memory_order_release);         // pairs with IsLargeStackGuard
  return large;
}

void GiveRecord(Large* large) {
  SpinGuard guard(lock);
  large->next = free_records;
  free_records = large;
}

}  // namespace

Stack* MakeLargeStack(std::size_t bytes) {
  if (bytes > PTRDIFF_MAX / 2) return nullptr;
  bytes = (bytes + GuardBytes() + kUnit - 1) / kUnit * kUnit;
  Large* large = TakeRecord();
  if (large == nullptr) return nullptr;
  void* base = mmap(nullptr, bytes, PROT_READ | PROT_WRITE,
                    MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_STACK, -1, 0);
  if (base == MAP_FAILED) {
    GiveRecord(large);
    return nullptr;
  }
  large->base = static_cast<std::byte*>(base);
  large->bytes = bytes;
  large->own_guard = InstallGuard(large->base, /*must=*/true);
  if (__lsan_register_root_region != nullptr) {
    __lsan_register_root_region(large->Low(), large->UsableBytes());
  }
  large->guard.store(large->base, std::memory_order_release);  // pairs with IsLargeStackGuard
  return large;
}

void FreeLargeStack(Stack* stack) {
  auto* large = static_cast<Large*>(stack);
  large->guard.store(nullptr, std::memory_order_release);  // as above
  if (__lsan_unregister_root_region != nullptr) {
    __lsan_unregister_root_region(large->Low(), large->UsableBytes());
  }
  if (AsanOn()) __asan_unpoison_memory_region(large->base, large->bytes);
  {
    TsanIgnoreScope ignore;
    munmap(large->base, large->bytes);
  }
  GiveRecord(large);
}

int CountLargeStacks() {
  int count = 0;
  // acquire: pairs with TakeRecord, MakeLargeStack
  for (Large* large = newest.load(std::memory_order_acquire); large != nullptr;
       large = large->other) {
    count += large->guard.load(std::memory_order_acquire) != nullptr;
  }
  return count;
}

bool IsLargeStackGuard(const void* address) {
  const auto* at = static_cast<const std::byte*>(address);
  // acquire: pairs with TakeRecord, MakeLargeStack
  for (Large* large = newest.load(std::memory_order_acquire); large != nullptr;
       large = large->other) {
    const std::byte* guard = large->guard.load(std::memory_order_acquire);
    if (guard != nullptr && at >= guard && at < guard + GuardBytes()) return true;
  }
  return false;
}

}  // namespace heddle::internal
