// See debugger.h.
#include "debugger.h"

#include <cstddef>
#include <string_view>

#include "goroutine.h"
#include "scheduler.h"

namespace heddle::internal {

namespace {

constexpr int kMaxReasons = 64;
const char* reason_names[kMaxReasons];

[[gnu::constructor]] void NameReasons() {
  const std::string_view unknown = WaitReasonName(static_cast<WaitReason>(kMaxReasons - 1));
  for (int i = 0; i < kMaxReasons - 1; ++i) {
    const char* name = WaitReasonName(static_cast<WaitReason>(i));
    if (name == unknown) break;
    reason_names[i] = name;
  }
}

}  // namespace

}  // namespace heddle::internal

// Not of standard layout; the compilers that are supported answer all the same.
#pragma GCC diagnostic ignored "-Winvalid-offsetof"

extern "C" {
using heddle::internal::Goroutine;
using heddle::internal::GoroutineSlab;
using heddle::internal::Worker;
[[gnu::used,
  gnu::retain]] constinit const heddle::internal::DebuggerLayout heddle_debugger_layout = {
    .version = 1,
    .slabs = &heddle::internal::goroutine_slabs,
    .slab_next = offsetof(GoroutineSlab, next),
    .slab_records = offsetof(GoroutineSlab, records),
    .slab_count = heddle::internal::GoroutineCache::kBatch,
    .record_bytes = sizeof(Goroutine),
    .id = offsetof(Goroutine, id),
    .state = offsetof(Goroutine, state),
    .state_parked = heddle::internal::kParked,
    .reason = offsetof(Goroutine, reason),
    .spawn_site = offsetof(Goroutine, spawn_site),
    .stack_pointer = offsetof(Goroutine, fiber) + offsetof(heddle::internal::Fiber, sp),
    .stack = offsetof(Goroutine, fiber) + offsetof(heddle::internal::Fiber, stack),
    .reason_names = heddle::internal::reason_names,
    .workers = heddle::internal::scheduler.workers(),
    .worker_current = offsetof(Worker, current),
    .worker_tid = offsetof(Worker, tid),
};
}
