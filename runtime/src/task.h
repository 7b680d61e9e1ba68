// A Task is whatever parks: a goroutine or an ordinary OS thread. `Park` is the one
// suspend point of the runtime; every blocking primitive ends there.
//
// The protocol. A task makes itself findable (a waiter in a queue, under that queue's
// lock), unlocks, and calls Park. Whoever takes the waiter out calls Unpark exactly
// once. The two may meet in any order:
//
//   state       set by            next
//   kRunning    the task          kParked (its worker / itself, once it is off its stack)
//                                 kNotified (Unpark came first: Park returns at once)
//   kParked     see above         kNotified (Unpark; then the waker makes it runnable)
//   kNotified   Unpark            kRunning (the task, on its way out of Park)
//
// Invariants: one Unpark per Park. Task memory is never given back to the allocator,
// so a waker may touch `state` of a task that has gone on meanwhile.
// Cost: two locked instructions per park/unpark pair.
#ifndef HEDDLE_SRC_TASK_H_
#define HEDDLE_SRC_TASK_H_

#include <cstdint>

#include "sync.h"

namespace heddle::internal {

// What a task waits for; the names that reports use are Go's.
enum class WaitReason : std::uint8_t {
  kNone,
  kChanReceive,
  kChanReceiveNil,
  kChanSend,
  kChanSendNil,
  kSelect,
  kSelectNoCases,
  kWaitGroup,
  kMutex,
  kRWMutexRLock,
  kRWMutexLock,
  kCond,
  kSemaphore,
  kSleep,
  kRun,
  kIo,
};
const char* WaitReasonName(WaitReason reason);

enum TaskState : std::uint32_t { kRunning, kParked, kNotified };

struct Task {
  explicit constexpr Task(bool goroutine) : is_goroutine(goroutine) {}

  Atomic<std::uint32_t> state{kRunning};
  const bool is_goroutine;
  // Written by the task before it parks, read by reports once it is kParked.
  WaitReason reason = WaitReason::kNone;
  std::int64_t since_ns = 0;
};

// The calling goroutine or thread.
Task* CurrentTask();

// Blocks: task. Returns after the one Unpark(CurrentTask()) that answers it; all
// that happened before that Unpark happens before the return.
void Park(WaitReason reason);

// Makes `task`'s current or next Park return. Thread-safety: any thread.
void Unpark(Task* task);

struct Goroutine;
// The same, but a goroutine that has to be made runnable is returned instead, for the
// caller to do so; null when there is none.
Goroutine* UnparkLater(Task* task);

}  // namespace heddle::internal

#endif  // HEDDLE_SRC_TASK_H_
