// The report of an exception that nobody caught.
#ifndef HEDDLE_SRC_PANIC_REPORT_H_
#define HEDDLE_SRC_PANIC_REPORT_H_

#include <cstdint>

namespace heddle::internal {

// Writes the report of the exception being handled; under PanicPolicy::kCrash, ends the
// process with status 2. `id` 0: not a goroutine.
void ReportPanic(std::uint64_t id, const void* spawn_site);

}  // namespace heddle::internal

#endif  // HEDDLE_SRC_PANIC_REPORT_H_
