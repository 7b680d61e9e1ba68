// What ThreadSanitizer and AddressSanitizer must be told of stackful goroutines, and
// whether they are there.
//
// Their functions are weak here: they are null unless the program is linked with the
// sanitizer's runtime. So one library serves programs with any sanitizer or none, whether
// or not it was itself compiled with one.
//
// Each goroutine is a TSan fiber and an ASan fake stack of its own. The order that the
// runtime promises is stated with TsanRelease/TsanAcquire: from `go` to the goroutine's
// first step, from Unpark to the return of Park, and where a primitive orders two tasks
// neither of which parks. (The scheduler's sources are never instrumented by TSan, see
// CMakeLists.txt: its queues and locks must not order user code that the program does not
// order, or races would be hidden.)
// Cost: a load and a branch for each call that is not made.
#ifndef HEDDLE_SRC_SANITIZER_H_
#define HEDDLE_SRC_SANITIZER_H_

#include <cstddef>

extern "C" {
[[gnu::weak]] void* __tsan_get_current_fiber(void);
[[gnu::weak]] void* __tsan_create_fiber(unsigned flags);
[[gnu::weak]] void __tsan_destroy_fiber(void* fiber);
[[gnu::weak]] void __tsan_switch_to_fiber(void* fiber, unsigned flags);
[[gnu::weak]] void __tsan_acquire(void* address);
[[gnu::weak]] void __tsan_release(void* address);
[[gnu::weak]] void AnnotateIgnoreReadsBegin(const char* file, int line);
[[gnu::weak]] void AnnotateIgnoreReadsEnd(const char* file, int line);
[[gnu::weak]] void AnnotateIgnoreWritesBegin(const char* file, int line);
[[gnu::weak]] void AnnotateIgnoreWritesEnd(const char* file, int line);
[[gnu::weak]] void __sanitizer_start_switch_fiber(void** fake_stack_save, const void* bottom,
                                                  std::size_t size);
[[gnu::weak]] void __sanitizer_finish_switch_fiber(void* fake_stack_save, const void** bottom_old,
                                                   std::size_t* size_old);
[[gnu::weak]] void __asan_unpoison_memory_region(void const volatile* address, std::size_t size);
[[gnu::weak]] void __lsan_register_root_region(const void* begin, std::size_t size);
[[gnu::weak]] void __lsan_unregister_root_region(const void* begin, std::size_t size);
}

namespace heddle::internal {

#if defined(HEDDLE_MODEL)
// The model checker's build is instrumented, but not for ThreadSanitizer.
constexpr bool TsanOn() { return false; }
constexpr bool AsanOn() { return false; }
#else
inline bool TsanOn() { return __tsan_switch_to_fiber != nullptr; }
inline bool AsanOn() { return __sanitizer_start_switch_fiber != nullptr; }
#endif

inline void TsanAcquire(const volatile void* address) {
  if (TsanOn()) [[unlikely]]
    __tsan_acquire(const_cast<void*>(address));
}
inline void TsanRelease(const volatile void* address) {
  if (TsanOn()) [[unlikely]]
    __tsan_release(const_cast<void*>(address));
}

// For what sources that are not instrumented allocate: TSan counts an allocation and a
// deallocation as writes by the thread that happens to make them.
class TsanIgnoreScope {
 public:
  TsanIgnoreScope() {
    if (!TsanOn()) return;
    AnnotateIgnoreReadsBegin(__FILE__, __LINE__);
    AnnotateIgnoreWritesBegin(__FILE__, __LINE__);
  }
  ~TsanIgnoreScope() {
    if (!TsanOn()) return;
    AnnotateIgnoreWritesEnd(__FILE__, __LINE__);
    AnnotateIgnoreReadsEnd(__FILE__, __LINE__);
  }
  TsanIgnoreScope(const TsanIgnoreScope&) = delete;
  TsanIgnoreScope& operator=(const TsanIgnoreScope&) = delete;
};

}  // namespace heddle::internal

#endif  // HEDDLE_SRC_SANITIZER_H_
