// The record of a goroutine: everything of it but its stack, which is bound when it
// first runs and given back when it ends.
//
// Records come from slabs that are never freed (AllGoroutines walks them for reports),
// through a cache per thread. Each record that exists has the address space for one
// stack reserved, so that only `go` can fail for want of memory.
// Typical size: 256 bytes with room for a closure of 112 bytes; larger ones are on
// the heap.
#ifndef HEDDLE_SRC_GOROUTINE_H_
#define HEDDLE_SRC_GOROUTINE_H_

#include <cstddef>
#include <cstdint>

#include "fiber.h"
#include "stack_trace.h"
#include "task.h"

namespace heddle::internal {

// Runs the closure at `storage` and destroys it.
using Entry = void (*)(void* storage);

struct alignas(64) Goroutine : Task {
  constexpr Goroutine() : Task(true) {}

  Goroutine* next = nullptr;  // in the queue or free list that it is in
  Fiber fiber;
  std::uint64_t id = 0;              // 0: the record is free
  const void* spawn_site = nullptr;  // return address of the `go` call
  Entry entry = nullptr;
  void* closure = nullptr;
  Stack* large_stack = nullptr;  // if it asked for one larger than a slot
  bool closure_on_heap = false;
  bool panicking = false;       // its report is being written; exit waits for it
  bool dump_requested = false;  // resumed only to print its own stack (report.cpp)
  std::uint32_t closure_align = 0;
  StackTrace* thrown = nullptr;  // where the exception was thrown that is leaving it (panic.cpp)

  static constexpr std::size_t kInlineClosure = 112;
  alignas(16) unsigned char inline_closure[kInlineClosure];
};
// What is added must find room: one cache line more for each of a million is 64 MB.
static_assert(kModelled || sizeof(Goroutine) == 256);

// Reports name `site` as what created the current goroutine. Not inline: a record is used
// again by others, in an order that ThreadSanitizer is not shown.
void SetSpawnSite(const void* site);

// Throws the std::system_error of a `go` that finds no memory. It was made before there was
// none: it has a text of its own.
[[noreturn]] void ThrowNoMemory();

// A list of free records, last in, first out. Thread-safety: none.
struct GoroutineCache {
  static constexpr int kBatch = kModelled ? 4 : 64;
  Goroutine* head = nullptr;
  int size = 0;

  // Errors: throws std::system_error when there is no memory for another one.
  Goroutine* Take();
  void Give(Goroutine* g);
  // Gives all to the common list.
  void Flush();

 private:
  void Refill();
  void Spill(int count);
};

// All records that exist; the list only ever grows. For ForEachGoroutine and debuggers.
struct GoroutineSlab {
  GoroutineSlab* next;
  Goroutine records[GoroutineCache::kBatch];
};
extern GoroutineSlab* goroutine_slabs;

// Frees the memory of the closure, which has been destroyed, if it did not fit the record.
void FreeClosure(Goroutine* g);

// Calls `visit(context, record)` for each record that exists, free ones too.
void ForEachGoroutine(void (*visit)(void* context, Goroutine* g), void* context);

}  // namespace heddle::internal

#endif  // HEDDLE_SRC_GOROUTINE_H_
