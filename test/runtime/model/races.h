// Data races on plain memory, and uses of freed memory.
//
// The runtime's sources and the scenarios are compiled with -fsanitize=thread but linked
// with tsan_hooks.cpp instead of ThreadSanitizer: every plain access that may be shared
// comes here, and is held against the simulated vector clocks (after FastTrack,
// Flanagan and Freund, PLDI 2009). An atomic operation counts as a plain read: it must
// come after the object's construction and before its end.
//
// Cost: a cell per byte of the watched ranges (simulated heap and stacks, the program's
// variables), reserved and touched on use. Cells are not cleared between executions:
// clocks go on growing.
#ifndef HEDDLE_MODEL_RACES_H_
#define HEDDLE_MODEL_RACES_H_

#include <cstddef>
#include <cstdint>

#include "memory.h"

namespace heddle::model {

class Races {
 public:
  Races();
  // A new execution, in which clocks begin at the returned value.
  std::uint32_t Begin(std::uint32_t highest_clock_before);

  enum Kind { kRead, kWrite, kFree };
  // Returns null, or what is wrong.
  const char* Check(const Clock& clock, unsigned self, const void* at, std::size_t size, Kind kind);

 private:
  struct Cell {
    std::uint32_t write;
    std::uint32_t read[kMaxThreads];
    std::uint8_t writer;
    std::uint8_t readers;  // bit set: whose `read` is later than the write
    bool freed;            // by that write
  };
  Cell* CellsOf(const void* at, std::size_t size);

  Cell* heap_cells_;
  Cell* data_cells_;
  std::uintptr_t data_begin_;
  std::size_t data_bytes_;
  std::uint32_t base_ = 0;
};

// Of the execution that is running, if any.
void PlainAccess(const void* at, std::size_t size, bool write, const void* pc);
void Freed(void* at, std::size_t size);

}  // namespace heddle::model

#endif  // HEDDLE_MODEL_RACES_H_
