// The report of an exception that nobody caught.
#ifndef HEDDLE_SRC_PANIC_REPORT_H_
#define HEDDLE_SRC_PANIC_REPORT_H_

extern "C" {
// In assembly: function(argument), and before an exception begins to unwind out of it,
// heddle_note_throw.
void heddle_call(void (*function)(void*), void* argument);
}

namespace heddle::internal {

struct Goroutine;

// Writes the report of the exception being handled, which leaves goroutine `g` through
// heddle_call; under PanicPolicy::kCrash, ends the process with status 2.
void ReportEscapedPanic(Goroutine* g);

}  // namespace heddle::internal

#endif  // HEDDLE_SRC_PANIC_REPORT_H_
