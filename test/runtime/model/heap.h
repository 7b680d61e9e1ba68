// The memory of simulated code: heap and stacks at a fixed address, so that every
// execution, and every replay in another process, meets the same addresses (the parking
// table and select's lock order depend on them).
//
// Nothing freed is used again in the same execution: what still touches it is found by
// races.h. What static constructors allocate is kept and restored with the program's
// variables.
#ifndef HEDDLE_MODEL_HEAP_H_
#define HEDDLE_MODEL_HEAP_H_

#include <cstddef>
#include <cstdint>

namespace heddle::model {

inline constexpr std::uintptr_t kHeapBase = 0x200000000000;
inline constexpr std::size_t kHeapBytes = 4u << 20;
inline constexpr std::size_t kStackBytes = 128u << 10;
inline constexpr unsigned kStacks = 24;
inline constexpr std::size_t kRegionBytes = kHeapBytes + kStacks * kStackBytes;

// Whether `new` and `delete` are the simulation's; else they are malloc and free.
// True until main begins.
void UseSimulatedHeap(bool use);

// The lowest address of stack number `index`.
std::byte* StackBase(unsigned index);

// Takes the state to which RestoreProgram returns: the program's variables and the heap.
void SaveProgram();
void RestoreProgram();

// The variables of the program (.data and .bss).
std::byte* DataBegin();
std::byte* DataEnd();

}  // namespace heddle::model

#endif  // HEDDLE_MODEL_HEAP_H_
