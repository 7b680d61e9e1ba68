// See stack.h. Slabs are listed in an append-only array that the fault handler reads.
#include "stack.h"

#include <sys/mman.h>

#include <cerrno>
#include <new>

#include "env.h"
#include "fatal.h"
#include "sanitizer.h"
#include "sync.h"
#include "valgrind.h"

namespace heddle::internal {

namespace {

#ifndef MADV_GUARD_INSTALL
#define MADV_GUARD_INSTALL 102
#endif

constexpr std::size_t kGuardBytes = 16 << 10;
constexpr std::size_t kFirstSlab = 16 << 20;
constexpr std::size_t kLargestSlab = std::size_t{1} << 30;
constexpr int kMaxSlabs = 1 << 16;
constexpr int kCacheLimit = 128;
constexpr int kBatch = 32;
// Tops of neighbouring stacks differ by some cache lines, so that the frames of
// thousands of parked goroutines do not all fall into the same cache sets.
constexpr std::size_t kColours = 8;
constexpr std::size_t kColourBytes = 64;

struct Slab {
  std::byte* base;
  std::size_t bytes;
};

SpinLock lock;
Slab slabs[kMaxSlabs];         // [0, slab_count): written before the count is raised
Atomic<int> slab_count{0};
std::size_t next_slab = kFirstSlab;  // guarded by lock
std::int64_t reserved = 0;           // guarded by lock: stacks promised
std::int64_t mapped = 0;             // guarded by lock: stacks that the slabs hold
std::byte* fresh = nullptr;          // guarded by lock: slots never used
std::byte* fresh_end = nullptr;
int fresh_slab = -1;
Stack* common = nullptr;  // guarded by lock: free stacks with their guards
Atomic<bool> use_mprotect{false};

// REQUIRES: lock held.
bool MapSlab() {
  const int index = slab_count.load(std::memory_order_relaxed);  // changed under lock only
  if (index == kMaxSlabs) return false;
  std::size_t bytes = next_slab;
  void* base = MAP_FAILED;
  for (; bytes >= StackBytes(); bytes /= 2) {
    base = mmap(nullptr, bytes, PROT_READ | PROT_WRITE,
                MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_STACK, -1, 0);
    if (base != MAP_FAILED) break;
  }
  if (base == MAP_FAILED) return false;
  // A huge page would commit eight stacks at the first touch of one.
  madvise(base, bytes, MADV_NOHUGEPAGE);
  slabs[index] = {static_cast<std::byte*>(base), bytes};
  // release: pairs with the acquire load in IsStackGuard.
  slab_count.store(index + 1, std::memory_order_release);
  mapped += static_cast<std::int64_t>(bytes / StackBytes());
  if (next_slab < kLargestSlab) next_slab *= 2;
  return true;
}

// REQUIRES: lock held, and a reservation.
std::byte* TakeFreshSlot() {
  while (fresh == fresh_end) {
    const Slab& slab = slabs[++fresh_slab];
    fresh = slab.base;
    fresh_end = slab.base + slab.bytes / StackBytes() * StackBytes();
  }
  std::byte* slot = fresh;
  fresh += StackBytes();
  return slot;
}

void InstallGuard(std::byte* slot) {
  if (!use_mprotect.load(std::memory_order_relaxed)) {  // a hint: set once, never cleared
    int result;
    do {
      result = madvise(slot, kGuardBytes, MADV_GUARD_INSTALL);
    } while (result != 0 && errno == EINTR);
    if (result == 0) return;
    if (errno != EINVAL) Fatal("heddle: cannot guard a goroutine stack (out of memory)");
    use_mprotect.store(true, std::memory_order_relaxed);
  }
  if (mprotect(slot, kGuardBytes, PROT_NONE) != 0) {
    Fatal("heddle: cannot guard another goroutine stack (raise vm.max_map_count)");
  }
}

std::size_t ReadStackBytes() {
  std::size_t wanted = EnvBytes("HEDDLE_STACK", AsanOn() ? 1 << 20 : 256 << 10);
  std::size_t bytes = 32 << 10;
  while (bytes < wanted && bytes < kFirstSlab) bytes *= 2;
  return bytes;
}

}  // namespace

std::size_t StackBytes() {
  static const std::size_t bytes = ReadStackBytes();
  return bytes;
}

void* Stack::Top() const {
  const std::size_t colour = reinterpret_cast<std::uintptr_t>(base) / StackBytes() % kColours;
  return base + StackBytes() - colour * kColourBytes;
}

std::byte* Stack::Low() const { return base + kGuardBytes; }
std::size_t Stack::UsableBytes() const { return StackBytes() - kGuardBytes; }

bool ReserveStacks(int count) {
  SpinGuard guard(lock);
  while (mapped < reserved + count) {
    if (!MapSlab()) return false;
  }
  reserved += count;
  return true;
}

void UnreserveStacks(int count) {
  SpinGuard guard(lock);
  reserved -= count;
}

Stack* StackCache::Take() {
  if (head == nullptr) {
    SpinGuard guard(lock);
    while (common != nullptr && size < kBatch) {
      Stack* stack = common;
      common = stack->next;
      stack->next = head;
      head = stack;
      ++size;
    }
  }
  if (head == nullptr) {
    TsanIgnoreScope ignore;
    Stack* stack = new (std::nothrow) Stack{};
    if (stack == nullptr) Fatal("heddle: out of memory for a goroutine stack");
    {
      SpinGuard guard(lock);
      stack->base = TakeFreshSlot();
    }
    InstallGuard(stack->base);
    TellValgrind(stack->Low(), stack->UsableBytes());
    if (__lsan_register_root_region != nullptr) {
      // What only a parked goroutine points to is not leaked.
      __lsan_register_root_region(stack->Low(), stack->UsableBytes());
    }
    head = stack;
    ++size;
  }
  Stack* stack = head;
  head = stack->next;
  --size;
  return stack;
}

void StackCache::Give(Stack* stack) {
  stack->next = head;
  head = stack;
  if (++size <= kCacheLimit) return;
  SpinGuard guard(lock);
  for (; size > kCacheLimit / 2; --size) {
    Stack* spilled = head;
    head = spilled->next;
    spilled->next = common;
    common = spilled;
  }
}

bool IsStackGuard(const void* address) {
  const auto* at = static_cast<const std::byte*>(address);
  const int count = slab_count.load(std::memory_order_acquire);  // pairs with MapSlab
  for (int i = 0; i < count; ++i) {
    if (at < slabs[i].base || at >= slabs[i].base + slabs[i].bytes) continue;
    return static_cast<std::size_t>(at - slabs[i].base) % StackBytes() < kGuardBytes;
  }
  return false;
}

}  // namespace heddle::internal
