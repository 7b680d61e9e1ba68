// Panics: throwing and reporting. See heddle/panic.h.
#include "heddle/panic.h"

#include <cxxabi.h>
#include <unistd.h>
#include <unwind.h>

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <new>
#include <utility>

#include "env.h"
#include "fatal.h"
#include "panic_report.h"
#include "stack_trace.h"
#include "symbolize.h"
#include "worker.h"

namespace heddle {

namespace {

enum : int { kUnset, kIsolate, kCrash };
internal::Atomic<int> chosen{kUnset};

bool Crashes() {
  static const bool by_environment = internal::EnvIs("HEDDLE_PANIC", "crash");
  const int policy = chosen.load();
  return policy == kUnset ? by_environment : policy == kCrash;
}

}  // namespace

Panic::~Panic() = default;

void panic(std::string message) { throw Panic(std::move(message)); }

void SetPanicPolicy(PanicPolicy policy) {
  chosen.store(policy == PanicPolicy::kCrash ? kCrash : kIsolate);
}

namespace internal {

std::string CurrentPanicText() {
  try {
    throw;
  } catch (const std::exception& e) {
    return e.what();
  } catch (const std::string& text) {
    return text;
  } catch (const char* text) {
    return text;
  } catch (...) {
    const std::type_info* type = abi::__cxa_current_exception_type();
    return type != nullptr ? "exception of type " + Demangle(type->name()) : "unknown exception";
  }
}

namespace {

void WriteReport(const Goroutine* g, const std::string& stack) {
  std::string text = "panic: " + CurrentPanicText() + "\n\n";
  if (g != nullptr) {
    text += "goroutine " + std::to_string(g->id) + " [running]:\n" + stack;
    text += CreatedBy(g->spawn_site);
  }
  WriteStderr(text.data(), text.size());
  if (!Crashes()) return;
  std::fflush(stdout);
  _exit(kExitCrash);
}

}  // namespace

void ReportCurrentPanic() {
  Goroutine* g = CurrentGoroutine();
  if (g != nullptr) g->panicking = true;
  WriteReport(g, "");
  if (g != nullptr) g->panicking = false;
}

void ReportEscapedPanic(Goroutine* g) {
  g->panicking = true;
  WriteReport(g, g->thrown != nullptr ? StackText(*g->thrown) : "");
  delete g->thrown;
  g->thrown = nullptr;
  g->panicking = false;
}

bool CallOrReport(void (*call)(void*), void* arg) {
  try {
    heddle_call(call, arg);
    return true;
  } catch (...) {
    if (Goroutine* g = CurrentGoroutine()) {
      ReportEscapedPanic(g);
    } else {
      ReportCurrentPanic();
    }
    return false;
  }
}

}  // namespace internal

}  // namespace heddle

// The personality of heddle_call's frame. The unwinder asks it in its first phase, which
// looks for a handler and leaves the stack alone: the one time when a stack that nobody
// will catch can still be read. It handles nothing itself.
extern "C" [[gnu::visibility("hidden")]] _Unwind_Reason_Code heddle_note_throw(
    int version, _Unwind_Action actions, _Unwind_Exception_Class, _Unwind_Exception*,
    _Unwind_Context*) {
  using namespace heddle::internal;
  if (version != 1) return _URC_FATAL_PHASE1_ERROR;
  if ((actions & _UA_SEARCH_PHASE) != 0) {
    if (Goroutine* g = CurrentGoroutine()) {
      if (g->thrown == nullptr) g->thrown = new (std::nothrow) StackTrace;
      if (g->thrown != nullptr) Capture(g->thrown);
    }
  }
  return _URC_CONTINUE_UNWIND;
}
