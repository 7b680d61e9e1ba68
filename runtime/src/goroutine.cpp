// Slabs and caches of goroutine records. See goroutine.h.
#include "goroutine.h"

#include <cerrno>
#include <new>
#include <system_error>

#include "debugger.h"
#include "sanitizer.h"
#include "stack.h"

namespace heddle::internal {

namespace {

SpinLock lock;
Goroutine* common = nullptr;  // guarded by lock
constexpr int kCacheLimit = 4 * GoroutineCache::kBatch;

// Links debugger.cpp into every program that has goroutines.
[[gnu::used, gnu::retain]] const void* const debugger_anchor = &heddle_debugger_layout;

// Never destroyed. A copy of it allocates nothing.
const std::system_error& NoMemory() {
  static const std::system_error& error = *new std::system_error(
      ENOMEM, std::generic_category(), "heddle: no memory for a goroutine's stack");
  return error;
}

}  // namespace

void ThrowNoMemory() { throw NoMemory(); }

GoroutineSlab* goroutine_slabs = nullptr;  // guarded by lock for writing

void GoroutineCache::Refill() {
  if constexpr (!kModelled) NoMemory();
  {
    SpinGuard guard(lock);
    while (common != nullptr && size < kBatch) {
      Goroutine* g = common;
      common = g->next;
      g->next = head;
      head = g;
      ++size;
    }
  }
  if (size > 0) return;
  if (!ReserveStacks(kBatch)) {
    ThrowNoMemory();
  }
  TsanIgnoreScope ignore;
  auto* slab = new (std::nothrow) GoroutineSlab;
  if (slab == nullptr) {
    UnreserveStacks(kBatch);
    ThrowNoMemory();
  }
  for (Goroutine& g : slab->records) {
    g.next = head;
    head = &g;
    ++size;
  }
  SpinGuard guard(lock);
  slab->next = goroutine_slabs;
  goroutine_slabs = slab;
}

void GoroutineCache::Spill(int count) {
  SpinGuard guard(lock);
  for (; count > 0; --count, --size) {
    Goroutine* g = head;
    head = g->next;
    g->next = common;
    common = g;
  }
}

Goroutine* GoroutineCache::Take() {
  if (head == nullptr) Refill();
  Goroutine* g = head;
  head = g->next;
  --size;
  g->next = nullptr;
  return g;
}

void GoroutineCache::Give(Goroutine* g) {
  g->next = head;
  head = g;
  if (++size > kCacheLimit) Spill(kCacheLimit / 2);
}

void GoroutineCache::Flush() { Spill(size); }

void ForEachGoroutine(void (*visit)(void* context, Goroutine* g), void* context) {
  GoroutineSlab* slab;
  {
    SpinGuard guard(lock);
    slab = goroutine_slabs;
  }
  for (; slab != nullptr; slab = slab->next) {
    for (Goroutine& g : slab->records) visit(context, &g);
  }
}

}  // namespace heddle::internal
