// Results of system calls as values, so that `errno` is read where it was set. A function
// in which a goroutine may wait must not make such a call itself but through one that is
// not inlined: it may go on on another thread, and compilers take the address of `errno` to
// be the same throughout a function.
#ifndef HEDDLE_SRC_SYS_IO_H_
#define HEDDLE_SRC_SYS_IO_H_

#include <cerrno>
#include <system_error>

namespace heddle::internal {

// ThreadSanitizer takes the thread's start, which wrote its thread-local memory, to be in no
// order with the goroutines that run on it later.
[[gnu::noinline]] __attribute__((no_sanitize("thread"))) inline int LastErrno() { return errno; }

// The result, or minus errno.
inline long OrErrno(long result) { return result >= 0 ? result : -static_cast<long>(LastErrno()); }

inline std::error_code SystemError(int error) { return {error, std::system_category()}; }
inline std::error_code LastError() { return SystemError(LastErrno()); }

// Closes what nobody has been given yet.
void CloseQuietly(int fd);

}  // namespace heddle::internal

#endif  // HEDDLE_SRC_SYS_IO_H_
