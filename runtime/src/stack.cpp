// See stack.h. Slabs are listed in an append-only array that the fault handler reads.
#include "stack.h"

#include <sys/mman.h>

#include <new>

#include "env.h"
#include "large_stack.h"
#include "monitor.h"
#include "sanitizer.h"
#include "stack_guard.h"
#include "sync.h"
#include "valgrind.h"

namespace heddle::internal {

namespace {

constexpr std::size_t kFirstSlab = 16 << 20;
constexpr std::size_t kLargestSlab = std::size_t{1} << 30;
constexpr int kMaxSlabs = 1 << 16;
constexpr int kCacheLimit = 128;
constexpr int kBatch = 32;
// Free stacks that keep their pages, and for how long the others do.
constexpr int kKept = 256;
constexpr std::int64_t kKeptNs = 100'000'000;
// How many give them back at a time: some 50 us, so that timers are not held up.
constexpr int kTrimBatch = 64;
// Tops of neighbouring stacks differ by some cache lines, so that the frames of
// thousands of parked goroutines do not all fall into the same cache sets.
constexpr std::size_t kColours = 8;
constexpr std::size_t kColourBytes = 64;

struct Slab {
  std::byte* base;
  std::size_t bytes;
  Stack* stacks;  // the record of each slot, made with the slab: only `go` may find no memory
};

SpinLock lock;
Slab slabs[kMaxSlabs];  // [0, slab_count): written before the count is raised
Atomic<int> slab_count{0};
std::size_t next_slab = kFirstSlab;  // guarded by lock
std::int64_t reserved = 0;           // guarded by lock: stacks promised
std::int64_t mapped = 0;             // guarded by lock: stacks that the slabs hold
std::byte* fresh = nullptr;          // guarded by lock: slots never used
std::byte* fresh_end = nullptr;
int fresh_slab = -1;
std::int64_t made = 0;       // guarded by lock: slots that have become stacks
Stack* common = nullptr;     // guarded by lock: free stacks with their guards
int common_size = 0;         // guarded by lock
int common_least = 0;        // guarded by lock: the smallest size since the last look
Stack* cold = nullptr;       // guarded by lock: free stacks that have no pages
Atomic<bool> trims{false};   // changed under lock: the monitor looks
std::int64_t next_look = 0;  // the monitor's; 0: it has just been told
int to_trim = 0;             // the monitor's

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
  TsanIgnoreScope ignore;
  auto* stacks = new (std::nothrow) Stack[bytes / StackBytes()];  // not touched yet
  if (stacks == nullptr) {
    munmap(base, bytes);
    return false;
  }
  // A huge page would commit eight stacks at the first touch of one.
  madvise(base, bytes, MADV_NOHUGEPAGE);
  slabs[index] = {static_cast<std::byte*>(base), bytes, stacks};
  // release: pairs with the acquire load in IsStackGuard.
  slab_count.store(index + 1, std::memory_order_release);
  mapped += static_cast<std::int64_t>(bytes / StackBytes());
  if (next_slab < kLargestSlab) next_slab *= 2;
  return true;
}

// REQUIRES: lock held, and a reservation.
Stack* TakeFreshSlot(bool* lowest) {
  while (fresh == fresh_end) {
    const Slab& slab = slabs[++fresh_slab];
    fresh = slab.base;
    fresh_end = slab.base + slab.bytes / StackBytes() * StackBytes();
  }
  const Slab& slab = slabs[fresh_slab];
  const auto index = static_cast<std::size_t>(fresh - slab.base) / StackBytes();
  *lowest = index % kGuardGroup == 0;
  Stack* stack = ::new (&slab.stacks[index]) Stack{nullptr, fresh, StackBytes(), false};
  fresh += StackBytes();
  ++made;
  return stack;
}

// REQUIRES: lock held. The one used last, or null.
Stack* TakeFree() {
  Stack* stack = common;
  if (stack != nullptr) {
    common = stack->next;
    if (--common_size < common_least) common_least = common_size;
  } else if ((stack = cold) != nullptr) {
    cold = stack->next;
  }
  return stack;
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
  return base + bytes - colour * kColourBytes;
}

std::byte* Stack::Low() const { return base + GuardBytes(); }
std::size_t Stack::UsableBytes() const { return bytes - GuardBytes(); }

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
    while (size < kBatch) {
      Stack* stack = TakeFree();
      if (stack == nullptr) break;
      stack->next = head;
      head = stack;
      ++size;
    }
  }
  if (head == nullptr) {
    Stack* stack;
    bool lowest = false;
    {
      SpinGuard guard(lock);
      stack = TakeFreshSlot(&lowest);
    }
    stack->own_guard = InstallGuard(stack->base, lowest);
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
  bool tell = false;
  {
    SpinGuard guard(lock);
    for (; size > kCacheLimit / 2; --size, ++common_size) {
      Stack* spilled = head;
      head = spilled->next;
      spilled->next = common;
      common = spilled;
    }
    // relaxed: changed under lock
    if (common_size > kKept && !trims.load(std::memory_order_relaxed)) {
      trims.store(true, std::memory_order_relaxed);
      tell = true;
    }
  }
  if (tell) WakeMonitorBy(0);
}

std::int64_t TrimStacks(std::int64_t now_ns) {
  if (!trims.load(std::memory_order_relaxed)) return -1;  // set before we are woken
  if (to_trim == 0) {
    if (next_look != 0 && now_ns < next_look) return next_look;
    SpinGuard guard(lock);
    // Of all that were free the whole time.
    if (next_look != 0 && common_least > kKept) to_trim = common_least - kKept;
    common_least = common_size;
    if (next_look != 0 && common_size <= kKept) {
      trims.store(false, std::memory_order_relaxed);
      next_look = 0;
      return -1;
    }
    next_look = now_ns + kKeptNs;
    if (to_trim == 0) return next_look;
  }
  Stack* batch[kTrimBatch];
  int count = 0;
  {
    SpinGuard guard(lock);
    while (count < kTrimBatch && count < to_trim && common_size > kKept) {
      batch[count++] = TakeFree();
    }
  }
  to_trim = count == kTrimBatch ? to_trim - count : 0;
  for (int i = 0; i < count; ++i) {
    madvise(batch[i]->Low(), batch[i]->UsableBytes(), MADV_DONTNEED);
  }
  SpinGuard guard(lock);
  for (int i = 0; i < count; ++i) {
    batch[i]->next = cold;
    cold = batch[i];
  }
  return to_trim > 0 ? now_ns : next_look;
}

StackCounts CountStacks() {
  SpinGuard guard(lock);
  StackCounts counts{made, common_size};
  for (Stack* stack = cold; stack != nullptr; stack = stack->next) ++counts.free;
  return counts;
}

bool IsStackGuard(const void* address) {
  const auto* at = static_cast<const std::byte*>(address);
  const int count = slab_count.load(std::memory_order_acquire);  // pairs with MapSlab
  for (int i = 0; i < count; ++i) {
    if (at < slabs[i].base || at >= slabs[i].base + slabs[i].bytes) continue;
    return static_cast<std::size_t>(at - slabs[i].base) % StackBytes() < GuardBytes();
  }
  return IsLargeStackGuard(address);
}

}  // namespace heddle::internal
