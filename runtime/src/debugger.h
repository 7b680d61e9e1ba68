// What a debugger must know to find the goroutines of a process or of a core file: plain
// data under C names, so that it takes the symbol table and no debug information. Read by
// gdb/heddle-gdb.py. All fields are 8 bytes; offsets and sizes are in bytes.
#ifndef HEDDLE_SRC_DEBUGGER_H_
#define HEDDLE_SRC_DEBUGGER_H_

#include <cstdint>

namespace heddle::internal {

struct DebuggerLayout {
  std::uint64_t version;  // raised when a field changes its meaning or its place
  // The records of goroutines, free ones too: a list of slabs.
  const void* slabs;  // where the pointer to the first one is
  std::uint64_t slab_next, slab_records, slab_count, record_bytes;
  // Of a record. An `id` of 0: free. `state` has 4 bytes, `reason` 1.
  std::uint64_t id, state, state_parked, reason, spawn_site, stack_pointer, stack;
  const void* reason_names;  // array of C strings by `reason`, up to a null
  // The workers: an array of pointers, up to a null; and of a worker. `worker_tid` has 4 bytes.
  const void* workers;
  std::uint64_t worker_current, worker_tid;
};

}  // namespace heddle::internal

extern "C" const heddle::internal::DebuggerLayout heddle_debugger_layout;

#endif  // HEDDLE_SRC_DEBUGGER_H_
