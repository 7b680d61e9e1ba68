// Panics: what an exception that leaves a goroutine is called, and what the runtime
// throws when it is misused.
#ifndef HEDDLE_PANIC_H_
#define HEDDLE_PANIC_H_

#include <stdexcept>
#include <string>

namespace heddle {

// Thrown by `panic` and by every misuse of the runtime; `what()` is Go's own text.
class Panic : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
  Panic(const Panic&) = default;
  Panic& operator=(const Panic&) = default;
  ~Panic() override;
};

// Throws Panic(message).
[[noreturn]] void panic(std::string message);

// What happens when an exception leaves a goroutine. Either way its stack has been unwound
// and a report is on stderr: its id, the text, the stack as it was at the throw, and where
// it was started.
enum class PanicPolicy {
  kIsolate,  // every other goroutine goes on; the default
  kCrash,    // the process ends with status 2, as in Go; or HEDDLE_PANIC=crash
};

// Thread-safety: any thread, any time.
void SetPanicPolicy(PanicPolicy policy);

namespace internal {
// Reports the exception being handled on behalf of the calling goroutine or thread;
// does not return under kCrash.
void ReportCurrentPanic();
// `call(arg)`; an exception that leaves it is reported with the stack at its throw. Returns
// whether there was none; does not return from one under kCrash.
bool CallOrReport(void (*call)(void*), void* arg);
// The text of the exception being handled.
std::string CurrentPanicText();
}  // namespace internal

}  // namespace heddle

#endif  // HEDDLE_PANIC_H_
