// Environment variables, read once at start; a malformed value counts as absent.
#ifndef HEDDLE_SRC_ENV_H_
#define HEDDLE_SRC_ENV_H_

#include <cstddef>

namespace heddle::internal {

// A positive number, else `otherwise`.
int EnvInt(const char* name, int otherwise);
// The same with an optional suffix K or M.
std::size_t EnvBytes(const char* name, std::size_t otherwise);
// Whether the variable is exactly `value`.
bool EnvIs(const char* name, const char* value);

}  // namespace heddle::internal

#endif  // HEDDLE_SRC_ENV_H_
