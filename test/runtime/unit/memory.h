// How much memory is in use, for tests that nothing is kept.
#ifndef HEDDLE_TEST_RUNTIME_UNIT_MEMORY_H_
#define HEDDLE_TEST_RUNTIME_UNIT_MEMORY_H_

#include <cstddef>

namespace heddle {

// Bytes allocated now, by what the C library or a sanitizer says; 0 where neither does.
std::size_t AllocatedBytes();

}  // namespace heddle

#endif  // HEDDLE_TEST_RUNTIME_UNIT_MEMORY_H_
