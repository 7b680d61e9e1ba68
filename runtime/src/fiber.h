// A Fiber is an execution context: a saved stack pointer, the stack it lies on, and
// what C++ and the sanitizers keep per stack. `Switch` goes from one to another.
//
// Invariants: a fiber runs on one thread at a time; what the leaving side wrote is
// seen by the other because the hand-over of a parked goroutine between threads goes
// through Task::state or a run queue.
// The C++ ABI keeps the chain of caught exceptions and the count of uncaught ones per
// thread; they belong to the fiber and are exchanged at each switch.
// Cost: 5 ns (the registers alone 2.3 ns).
#ifndef HEDDLE_SRC_FIBER_H_
#define HEDDLE_SRC_FIBER_H_

#include <cstddef>

#include "stack.h"

namespace heddle::internal {

// The layout that the Itanium C++ ABI gives __cxa_eh_globals.
struct EhGlobals {
  void* caught = nullptr;
  unsigned int uncaught = 0;
};

struct Fiber {
  void* sp = nullptr;
  Stack* stack = nullptr;  // null: a thread's own stack, or not bound yet
  EhGlobals eh;
  void* tsan = nullptr;        // TSan's fiber
  void* asan_fake = nullptr;   // ASan's fake stack while switched out
  const void* asan_low = nullptr;  // bounds of a thread's own stack
  std::size_t asan_bytes = 0;
};

// Makes `fiber` the calling thread's own context, as a place to switch back to.
void AdoptThread(Fiber* fiber);

// Binds `stack` to `fiber`, so that switching there calls `entry(arg)`, which must
// not return and must begin with FiberEntered.
void BindStack(Fiber* fiber, Stack* stack, void (*entry)(void*), void* arg);

// Takes the stack off a fiber that has ended.
Stack* ReleaseStack(Fiber* fiber);

// Leaves `from`, which is running, for `to`. `eh` is the thread's EhGlobals.
// Returns when something switches back to `from`. `ends`: it never will.
void Switch(Fiber* from, Fiber* to, EhGlobals* eh, bool ends = false);

// First call on a fresh stack; `from` is the fiber that switched here.
void FiberEntered(Fiber* from);

// The calling thread's EhGlobals.
EhGlobals* ThreadEhGlobals();

}  // namespace heddle::internal

#endif  // HEDDLE_SRC_FIBER_H_
