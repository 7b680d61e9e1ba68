// What simulated code calls: the steps of the simulation. Each of these may let other
// simulated threads run first, and may never return (when the execution is cut off).
//
// Outside an execution (static constructors, the checker's own main) they act at once
// on the value in place.
#ifndef HEDDLE_MODEL_ENGINE_H_
#define HEDDLE_MODEL_ENGINE_H_

#include <atomic>
#include <cstdint>

namespace heddle::model {

using Word = std::uint64_t;

inline constexpr unsigned kMaxThreads = 8;

// Where in the source a step is.
struct Site {
  const char* file;
  int line;
  static constexpr Site Here(const char* file = __builtin_FILE(), int line = __builtin_LINE()) {
    return {file, line};
  }
};

struct Access {
  void* at;
  unsigned size;
  std::memory_order order;
  Site site;
};

constexpr std::memory_order FailureOrder(std::memory_order order) {
  if (order == std::memory_order_acq_rel) return std::memory_order_acquire;
  if (order == std::memory_order_release) return std::memory_order_relaxed;
  return order;
}

void Constructed(void* at, unsigned size);
Word Load(const Access& access);
void Store(const Access& access, Word value);
Word Exchange(const Access& access, Word value);
Word FetchAdd(const Access& access, Word n);
Word FetchOr(const Access& access, Word bits);
Word FetchAnd(const Access& access, Word bits);
bool CompareExchange(const Access& access, std::memory_order failure, bool weak, Word* expected,
                     Word desired);
void Fence(std::memory_order order, Site site);

// A wait loop goes round: the caller is not run again before another thread has
// written something, if there is another that can run.
void Pause(Site site = Site::Here());
// In place of a site: the one of the step before is telling enough.
inline constexpr Site kAsBefore{nullptr, 0};

// As the system call: atomically compares the newest value and sleeps.
void FutexWait(void* word, std::uint32_t expected, Site site = kAsBefore);
void FutexWake(void* word, int count, Site site = kAsBefore);

// A thread that the scenario need not wait for: asleep for ever is its right.
void StartDaemon(void (*main)(void*), void* argument);

// The simulated clock: stands still, or jumps as the explorer chooses.
std::int64_t Now();

// Ends the execution with a finding. `text` is copied.
[[noreturn]] void Fail(const char* text);

bool IsPlanted(int plant);

// The running simulated thread's number; 0 outside of executions.
unsigned Self();

// What the system under test wants done when a simulated thread begins; nothing comes
// between its steps. Defined in runtime_side.cpp.
void PrepareThread();

// A variable that each simulated thread has its own of.
template <class T>
class PerThread {
 public:
  constexpr PerThread(T value) {
    for (T& v : values_) v = value;
  }
  operator T() const { return values_[Self()]; }
  PerThread& operator=(T value) {
    values_[Self()] = value;
    return *this;
  }

 private:
  T values_[kMaxThreads];
};

}  // namespace heddle::model

#endif  // HEDDLE_MODEL_ENGINE_H_
