// The stack of a goroutine as a list of addresses, and as text in the style of Go's traces.
#ifndef HEDDLE_SRC_STACK_TRACE_H_
#define HEDDLE_SRC_STACK_TRACE_H_

#include <string>

namespace heddle::internal {

// As Go does, a deep stack keeps its innermost and its outermost frames.
struct StackTrace {
  static constexpr int kEnd = 50;  // how many of each
  const void* pc[2 * kEnd];        // return addresses; from kEnd on a ring
  int total = 0;                   // frames of the stack, those left out too
};

// Takes the calling stack, by the unwind tables. With `from`, frames above the one that is
// interrupted at `from` are left out: for signal handlers.
// Allocates nothing. Cost: 0.3 us a frame.
void Capture(StackTrace* trace, const void* from = nullptr);

// Two lines a frame; without the runtime's frames at either end, without those of the throw
// of an exception. "" when nothing is left. Cost: that of Symbolize.
std::string StackText(const StackTrace& trace);

// The lines `created by ...` of a goroutine: the user's frame at the return address.
std::string CreatedBy(const void* spawn_site);

}  // namespace heddle::internal

#endif  // HEDDLE_SRC_STACK_TRACE_H_
