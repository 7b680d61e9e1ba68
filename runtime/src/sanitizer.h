// What ThreadSanitizer and AddressSanitizer must be told of stackful goroutines.
//
// Each goroutine is a TSan fiber and an ASan fake stack of its own. The scheduler's
// sources are compiled without TSan instrumentation (see CMakeLists.txt): queues and
// locks of the scheduler must not order user code that the program does not order,
// or races would be hidden. The order that the runtime does promise is stated with
// TsanRelease/TsanAcquire: from `go` to the goroutine's first step, and from Unpark
// to the return of Park.
// Cost: nothing unless a sanitizer is on.
#ifndef HEDDLE_SRC_SANITIZER_H_
#define HEDDLE_SRC_SANITIZER_H_

#include <cstddef>

// The model checker's build is instrumented, but not for ThreadSanitizer.
#if !defined(HEDDLE_MODEL)
#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define HEDDLE_TSAN 1
#endif
#if __has_feature(address_sanitizer)
#define HEDDLE_ASAN 1
#endif
#endif
#if defined(__SANITIZE_THREAD__) && !defined(HEDDLE_TSAN)
#define HEDDLE_TSAN 1
#endif
#if defined(__SANITIZE_ADDRESS__) && !defined(HEDDLE_ASAN)
#define HEDDLE_ASAN 1
#endif
#endif  // HEDDLE_MODEL
// Set by CMakeLists.txt for the sources that are compiled without instrumentation.
#if defined(HEDDLE_TSAN_HOOKS) && !defined(HEDDLE_TSAN)
#define HEDDLE_TSAN 1
#endif
#if !defined(HEDDLE_TSAN)
#define HEDDLE_TSAN 0
#endif
#if !defined(HEDDLE_ASAN)
#define HEDDLE_ASAN 0
#endif

#if HEDDLE_TSAN
extern "C" {
void* __tsan_get_current_fiber(void);
void* __tsan_create_fiber(unsigned flags);
void __tsan_destroy_fiber(void* fiber);
void __tsan_switch_to_fiber(void* fiber, unsigned flags);
void __tsan_acquire(void* address);
void __tsan_release(void* address);
void AnnotateIgnoreReadsBegin(const char* file, int line);
void AnnotateIgnoreReadsEnd(const char* file, int line);
void AnnotateIgnoreWritesBegin(const char* file, int line);
void AnnotateIgnoreWritesEnd(const char* file, int line);
}
#endif
#if HEDDLE_ASAN
extern "C" {
void __sanitizer_start_switch_fiber(void** fake_stack_save, const void* bottom, std::size_t size);
void __sanitizer_finish_switch_fiber(void* fake_stack_save, const void** bottom_old,
                                     std::size_t* size_old);
void __asan_unpoison_memory_region(void const volatile* address, std::size_t size);
void __lsan_register_root_region(const void* begin, std::size_t size);
void __lsan_unregister_root_region(const void* begin, std::size_t size);
}
#endif

namespace heddle::internal {

inline void TsanAcquire([[maybe_unused]] void* address) {
#if HEDDLE_TSAN
  __tsan_acquire(address);
#endif
}
inline void TsanRelease([[maybe_unused]] void* address) {
#if HEDDLE_TSAN
  __tsan_release(address);
#endif
}

// For what the uninstrumented sources allocate: TSan counts an allocation and a
// deallocation as writes by the thread that happens to make them.
struct TsanIgnoreScope {
#if HEDDLE_TSAN
  TsanIgnoreScope() {
    AnnotateIgnoreReadsBegin(__FILE__, __LINE__);
    AnnotateIgnoreWritesBegin(__FILE__, __LINE__);
  }
  ~TsanIgnoreScope() {
    AnnotateIgnoreWritesEnd(__FILE__, __LINE__);
    AnnotateIgnoreReadsEnd(__FILE__, __LINE__);
  }
#else
  TsanIgnoreScope() {}
  ~TsanIgnoreScope() {}
#endif
  TsanIgnoreScope(const TsanIgnoreScope&) = delete;
  TsanIgnoreScope& operator=(const TsanIgnoreScope&) = delete;
};

}  // namespace heddle::internal

#endif  // HEDDLE_SRC_SANITIZER_H_
