// The calls that -fsanitize=thread puts before plain accesses. See races.h.
#include <cstring>

#include "races.h"

using heddle::model::PlainAccess;

#define HOOK(size)                                                                                \
  void __tsan_read##size(void* at) { PlainAccess(at, size, false, __builtin_return_address(0)); } \
  void __tsan_write##size(void* at) { PlainAccess(at, size, true, __builtin_return_address(0)); } \
  void __tsan_unaligned_read##size(void* at) {                                                    \
    PlainAccess(at, size, false, __builtin_return_address(0));                                    \
  }                                                                                               \
  void __tsan_unaligned_write##size(void* at) {                                                   \
    PlainAccess(at, size, true, __builtin_return_address(0));                                     \
  }                                                                                               \
  void __tsan_read_write##size(void* at) {                                                        \
    PlainAccess(at, size, true, __builtin_return_address(0));                                     \
  }                                                                                               \
  void __tsan_unaligned_read_write##size(void* at) {                                              \
    PlainAccess(at, size, true, __builtin_return_address(0));                                     \
  }

extern "C" {
HOOK(1)
HOOK(2)
HOOK(4)
HOOK(8)
HOOK(16)

void __tsan_read_range(void* at, unsigned long size) {
  PlainAccess(at, size, false, __builtin_return_address(0));
}
void __tsan_write_range(void* at, unsigned long size) {
  PlainAccess(at, size, true, __builtin_return_address(0));
}
void __tsan_vptr_update(void** at, void*) {
  PlainAccess(at, sizeof(*at), true, __builtin_return_address(0));
}
void __tsan_vptr_read(void** at) {
  PlainAccess(at, sizeof(*at), false, __builtin_return_address(0));
}
void* __tsan_memcpy(void* to, const void* from, unsigned long size) {
  PlainAccess(from, size, false, __builtin_return_address(0));
  PlainAccess(to, size, true, __builtin_return_address(0));
  return std::memcpy(to, from, size);
}
void* __tsan_memmove(void* to, const void* from, unsigned long size) {
  PlainAccess(from, size, false, __builtin_return_address(0));
  PlainAccess(to, size, true, __builtin_return_address(0));
  return std::memmove(to, from, size);
}
void* __tsan_memset(void* at, int value, unsigned long size) {
  PlainAccess(at, size, true, __builtin_return_address(0));
  return std::memset(at, value, size);
}
// The guard of a function's static variable; nothing else in the simulated code uses
// the standard's atomics.
char __tsan_atomic8_load(const volatile char* at, int) {
  return __atomic_load_n(at, __ATOMIC_ACQUIRE);
}
void __tsan_init() {}
void __tsan_func_entry(void*) {}
void __tsan_func_exit() {}
}
