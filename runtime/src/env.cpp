// See env.h.
#include "env.h"

#include <cstdlib>
#include <cstring>

namespace heddle::internal {

std::size_t EnvBytes(const char* name, std::size_t otherwise) {
  const char* text = std::getenv(name);
  if (text == nullptr || *text < '0' || *text > '9') return otherwise;
  char* end = nullptr;
  std::size_t value = std::strtoull(text, &end, 10);
  if (*end == 'K' || *end == 'k') {
    value <<= 10;
    ++end;
  } else if (*end == 'M' || *end == 'm') {
    value <<= 20;
    ++end;
  }
  return *end == '\0' && value > 0 ? value : otherwise;
}

int EnvInt(const char* name, int otherwise) {
  const std::size_t value = EnvBytes(name, 0);
  return value > 0 && value < 1'000'000 ? static_cast<int>(value) : otherwise;
}

bool EnvIs(const char* name, const char* value) {
  const char* text = std::getenv(name);
  return text != nullptr && std::strcmp(text, value) == 0;
}

}  // namespace heddle::internal
