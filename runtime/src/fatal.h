// The end of the process for reasons of the runtime's own.
#ifndef HEDDLE_SRC_FATAL_H_
#define HEDDLE_SRC_FATAL_H_

#include <cstddef>

namespace heddle::internal {

// Exit status of a crash, a deadlock and a SIGQUIT dump, as Go's.
inline constexpr int kExitCrash = 2;
// Exit status when HEDDLE_LEAKS=1 found goroutines still parked.
inline constexpr int kExitLeak = 3;

// Writes `fatal error: <message>` to stderr and aborts. Async-signal-safe.
[[noreturn]] void Fatal(const char* message);

// Writes all of it to stderr with as few calls as the kernel allows.
void WriteStderr(const char* text, std::size_t size);

}  // namespace heddle::internal

#endif  // HEDDLE_SRC_FATAL_H_
