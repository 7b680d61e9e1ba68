// See fatal.h.
#include "fatal.h"

#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>

namespace heddle::internal {

void WriteStderr(const char* text, std::size_t size) {
  while (size > 0) {
    const ssize_t written = write(STDERR_FILENO, text, size);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return;
    text += written;
    size -= static_cast<std::size_t>(written);
  }
}

void Fatal(const char* message) {
  char line[256] = "fatal error: ";
  const std::size_t prefix = std::strlen(line);
  std::size_t size = std::strlen(message);
  if (size > sizeof(line) - prefix - 1) size = sizeof(line) - prefix - 1;
  std::memcpy(line + prefix, message, size);
  line[prefix + size] = '\n';
  WriteStderr(line, prefix + size + 1);
  std::abort();
}

}  // namespace heddle::internal
