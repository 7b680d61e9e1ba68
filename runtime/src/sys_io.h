// Results of system calls as values, so that `errno` is read where it was set.
#ifndef HEDDLE_SRC_SYS_IO_H_
#define HEDDLE_SRC_SYS_IO_H_

#include <cerrno>
#include <system_error>

namespace heddle::internal {

// The result, or minus errno.
inline long OrErrno(long result) { return result >= 0 ? result : -static_cast<long>(errno); }

inline std::error_code SystemError(int error) { return {error, std::system_category()}; }

// Closes what nobody has been given yet.
void CloseQuietly(int fd);

}  // namespace heddle::internal

#endif  // HEDDLE_SRC_SYS_IO_H_
