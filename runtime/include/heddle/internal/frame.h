// Keeping the caller's frame. Not part of the interface.
#ifndef HEDDLE_INTERNAL_FRAME_H_
#define HEDDLE_INTERNAL_FRAME_H_

namespace heddle::internal {

// After a call that waits, in a function that is inlined into the user's: without it the wait
// may be the last thing that the user's function does, a jump instead of a call, and reports
// of who waits where would not have that function. Cost: none but the return.
[[gnu::always_inline]] inline void KeepFrame() { asm volatile(""); }

}  // namespace heddle::internal

#endif  // HEDDLE_INTERNAL_FRAME_H_
