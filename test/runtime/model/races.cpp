// See races.h.
#include "races.h"

#include <sys/mman.h>

#include <cstdio>
#include <cstdlib>

#include "heap.h"

namespace heddle::model {

namespace {
void* Reserve(std::size_t bytes) {
  void* memory = mmap(nullptr, bytes, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (memory == MAP_FAILED) {
    std::perror("model: no memory for the race detector");
    std::abort();
  }
  return memory;
}
}  // namespace

Races::Races()
    : heap_cells_(static_cast<Cell*>(Reserve(kRegionBytes * sizeof(Cell)))),
      data_begin_(reinterpret_cast<std::uintptr_t>(DataBegin())),
      data_bytes_(static_cast<std::size_t>(DataEnd() - DataBegin())) {
  data_cells_ = static_cast<Cell*>(Reserve(data_bytes_ * sizeof(Cell)));
}

std::uint32_t Races::Begin(std::uint32_t highest_clock_before) {
  constexpr std::uint32_t kTooHigh = 1u << 31;
  base_ = highest_clock_before + 1;
  if (base_ > kTooHigh) {
    madvise(heap_cells_, kRegionBytes * sizeof(Cell), MADV_DONTNEED);
    madvise(data_cells_, data_bytes_ * sizeof(Cell), MADV_DONTNEED);
    base_ = 1;
  }
  return base_;
}

Races::Cell* Races::CellsOf(const void* at, std::size_t size) {
  const auto address = reinterpret_cast<std::uintptr_t>(at);
  if (address - kHeapBase < kRegionBytes - size) return heap_cells_ + (address - kHeapBase);
  if (address - data_begin_ < data_bytes_ - size) return data_cells_ + (address - data_begin_);
  return nullptr;
}

const char* Races::Check(const Clock& clock, unsigned self, const void* at, std::size_t size,
                         Kind kind) {
  Cell* cell = CellsOf(at, size);
  if (cell == nullptr) return nullptr;
  for (Cell* end = cell + size; cell != end; ++cell) {
    if (cell->freed && cell->write >= base_) {
      return kind == kFree ? "freed twice" : "use of freed memory";
    }
    if (cell->write > clock.at[cell->writer]) {
      return kind == kRead    ? "data race: a read, after an unordered write"
             : kind == kWrite ? "data race: a write, after an unordered write"
                              : "freed, after an unordered write";
    }
    if (kind == kRead) {
      cell->read[self] = clock.at[self];
      cell->readers = static_cast<std::uint8_t>(cell->readers | 1u << self);
      continue;
    }
    for (unsigned u = 0; cell->readers >> u != 0; ++u) {
      if ((cell->readers >> u & 1) != 0 && cell->read[u] > clock.at[u]) {
        return kind == kWrite ? "data race: a write, after an unordered read"
                              : "freed, after an unordered access";
      }
    }
    cell->write = clock.at[self];
    cell->writer = static_cast<std::uint8_t>(self);
    cell->readers = 0;
    cell->freed = kind == kFree;
  }
  return nullptr;
}

}  // namespace heddle::model
