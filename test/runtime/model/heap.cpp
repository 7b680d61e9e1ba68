// See heap.h.
#include "heap.h"

#include <sys/mman.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <new>

#include "races.h"

extern "C" {
extern char __data_start[];
extern char _end[];
}

namespace heddle::model {

namespace {

struct State {
  bool simulated = true;
  std::byte* base = nullptr;
  std::size_t used = 0;
  std::size_t kept = 0;  // `used` at SaveProgram
  std::byte* saved_data = nullptr;
  std::byte* saved_heap = nullptr;
};
State state;

std::byte* Base() {
  if (state.base != nullptr) return state.base;
  void* wanted = reinterpret_cast<void*>(kHeapBase);
  void* got = mmap(wanted, kRegionBytes, PROT_READ | PROT_WRITE,
                   MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED_NOREPLACE, -1, 0);
  if (got != wanted) {
    std::fprintf(stderr, "model: the address range of the simulated heap is taken\n");
    std::abort();
  }
  return state.base = static_cast<std::byte*>(got);
}

bool IsSimulated(const void* at) {
  return reinterpret_cast<std::uintptr_t>(at) - kHeapBase < kHeapBytes;
}

void* Allocate(std::size_t size, std::size_t align) {
  if (!state.simulated) {
    void* memory = align <= 16 ? std::malloc(size)
                               : std::aligned_alloc(align, (size + align - 1) & ~(align - 1));
    if (memory == nullptr) std::abort();
    return memory;
  }
  // A header word for the size; a gap, so that no two objects share a cache line of hashes.
  std::size_t at = (state.used + 16 + align - 1) & ~(align - 1);
  if (at + size > kHeapBytes) Fail("model: the simulated heap is full");
  std::byte* memory = Base() + at;
  std::memcpy(memory - 8, &size, sizeof(size));
  std::memset(memory, 0xcd, size);
  state.used = at + size;
  return memory;
}

void Free(void* memory) {
  if (memory == nullptr) return;
  if (!IsSimulated(memory)) {
    std::free(memory);
    return;
  }
  std::size_t size;
  std::memcpy(&size, static_cast<std::byte*>(memory) - 8, sizeof(size));
  Freed(memory, size);
}

}  // namespace

void UseSimulatedHeap(bool use) { state.simulated = use; }

std::byte* StackBase(unsigned index) { return Base() + kHeapBytes + index * kStackBytes; }

std::byte* DataBegin() { return reinterpret_cast<std::byte*>(__data_start); }
std::byte* DataEnd() { return reinterpret_cast<std::byte*>(_end); }

void SaveProgram() {
  Base();
  state.kept = state.used;
  const auto bytes = static_cast<std::size_t>(DataEnd() - DataBegin());
  state.saved_data = static_cast<std::byte*>(std::malloc(bytes));
  state.saved_heap = static_cast<std::byte*>(std::malloc(state.kept));
  std::memcpy(state.saved_heap, state.base, state.kept);
  std::memcpy(state.saved_data, DataBegin(), bytes);
}

void RestoreProgram() {
  // Copies over `state` too: it is part of what was saved, and the same but for `used`.
  std::memcpy(DataBegin(), state.saved_data, static_cast<std::size_t>(DataEnd() - DataBegin()));
  std::memcpy(state.base, state.saved_heap, state.kept);
}

}  // namespace heddle::model

using heddle::model::Allocate;
using heddle::model::Free;

void* operator new(std::size_t size) { return Allocate(size, 16); }
void* operator new[](std::size_t size) { return Allocate(size, 16); }
void* operator new(std::size_t size, const std::nothrow_t&) noexcept { return Allocate(size, 16); }
void* operator new[](std::size_t size, const std::nothrow_t&) noexcept {
  return Allocate(size, 16);
}
void* operator new(std::size_t size, std::align_val_t align) {
  return Allocate(size, static_cast<std::size_t>(align));
}
void* operator new[](std::size_t size, std::align_val_t align) {
  return Allocate(size, static_cast<std::size_t>(align));
}
void* operator new(std::size_t size, std::align_val_t align, const std::nothrow_t&) noexcept {
  return Allocate(size, static_cast<std::size_t>(align));
}
void operator delete(void* memory) noexcept { Free(memory); }
void operator delete[](void* memory) noexcept { Free(memory); }
void operator delete(void* memory, std::size_t) noexcept { Free(memory); }
void operator delete[](void* memory, std::size_t) noexcept { Free(memory); }
void operator delete(void* memory, std::align_val_t) noexcept { Free(memory); }
void operator delete[](void* memory, std::align_val_t) noexcept { Free(memory); }
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept { Free(memory); }
void operator delete[](void* memory, std::size_t, std::align_val_t) noexcept { Free(memory); }
