// Defer: a call at the end of the scope, on every way out of it.
#ifndef HEDDLE_DEFER_H_
#define HEDDLE_DEFER_H_

#include <exception>
#include <utility>

#include "heddle/panic.h"

namespace heddle {

// Calls what it is given when its scope ends, last in first out:
//
//   heddle::Defer done([&] { wg.Done(); });
//
// A panic out of the deferred call propagates as from any other statement; during the
// unwinding of another one, which C++ would answer with termination, it is reported
// like a panic that leaves a goroutine, and the first goes on.
template <class F>
class [[nodiscard]] Defer {
 public:
  explicit Defer(F f) : f_(std::move(f)), unwinding_(std::uncaught_exceptions()) {}
  Defer(const Defer&) = delete;
  Defer& operator=(const Defer&) = delete;

  ~Defer() noexcept(false) {
    if (std::uncaught_exceptions() == unwinding_) {
      f_();
      return;
    }
    try {
      f_();
    } catch (...) {
      internal::ReportCurrentPanic();
    }
  }

 private:
  F f_;
  const int unwinding_;
};
template <class F>
Defer(F) -> Defer<F>;

}  // namespace heddle

#define HEDDLE_CONCAT_INNER_(a, b) a##b
#define HEDDLE_CONCAT_(a, b) HEDDLE_CONCAT_INNER_(a, b)

// New clangs call __COUNTER__ an extension where -Wpedantic is on.
#if defined(__clang__) && defined(__has_warning)
#if __has_warning("-Wc2y-extensions")
#define HEDDLE_COUNTER_BEGIN_ \
  _Pragma("clang diagnostic push") _Pragma("clang diagnostic ignored \"-Wc2y-extensions\"")
#define HEDDLE_COUNTER_END_ _Pragma("clang diagnostic pop")
#endif
#endif
#if !defined(HEDDLE_COUNTER_BEGIN_)
#define HEDDLE_COUNTER_BEGIN_
#define HEDDLE_COUNTER_END_
#endif

// The same in one line; the operand is evaluated when the scope ends:
//   HEDDLE_DEFER(wg.Done());
#define HEDDLE_DEFER(...)                                                           \
  HEDDLE_COUNTER_BEGIN_                                                             \
  [[maybe_unused]] const ::heddle::Defer HEDDLE_CONCAT_(heddle_defer_, __COUNTER__) \
      HEDDLE_COUNTER_END_([&]() { static_cast<void>(__VA_ARGS__); })

#endif  // HEDDLE_DEFER_H_
