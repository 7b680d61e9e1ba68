// Clang's thread-safety attributes, nothing with other compilers. With them
// `clang++ -Wthread-safety` checks user code that locks heddle's mutexes.
#ifndef HEDDLE_INTERNAL_THREAD_ANNOTATIONS_H_
#define HEDDLE_INTERNAL_THREAD_ANNOTATIONS_H_

#if defined(__clang__)
#define HEDDLE_TSA_(x) __attribute__((x))
#else
#define HEDDLE_TSA_(x)
#endif

#define HEDDLE_CAPABILITY(name) HEDDLE_TSA_(capability(name))
#define HEDDLE_SCOPED_CAPABILITY HEDDLE_TSA_(scoped_lockable)
#define HEDDLE_GUARDED_BY(mutex) HEDDLE_TSA_(guarded_by(mutex))
#define HEDDLE_REQUIRES(...) HEDDLE_TSA_(requires_capability(__VA_ARGS__))
#define HEDDLE_ACQUIRE(...) HEDDLE_TSA_(acquire_capability(__VA_ARGS__))
#define HEDDLE_ACQUIRE_SHARED(...) HEDDLE_TSA_(acquire_shared_capability(__VA_ARGS__))
#define HEDDLE_RELEASE(...) HEDDLE_TSA_(release_capability(__VA_ARGS__))
#define HEDDLE_RELEASE_SHARED(...) HEDDLE_TSA_(release_shared_capability(__VA_ARGS__))
#define HEDDLE_RELEASE_GENERIC(...) HEDDLE_TSA_(release_generic_capability(__VA_ARGS__))
#define HEDDLE_TRY_ACQUIRE(...) HEDDLE_TSA_(try_acquire_capability(__VA_ARGS__))
#define HEDDLE_TRY_ACQUIRE_SHARED(...) HEDDLE_TSA_(try_acquire_shared_capability(__VA_ARGS__))
#define HEDDLE_NO_THREAD_SAFETY_ANALYSIS HEDDLE_TSA_(no_thread_safety_analysis)

#endif  // HEDDLE_INTERNAL_THREAD_ANNOTATIONS_H_
