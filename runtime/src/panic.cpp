// Panics: throwing and reporting. See heddle/panic.h.
#include "heddle/panic.h"

#include <cxxabi.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <utility>

#include "env.h"
#include "fatal.h"
#include "panic_report.h"
#include "report.h"
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
    return type != nullptr ? std::string("exception of type ") + type->name() : "unknown exception";
  }
}

void ReportPanic(std::uint64_t id, const void* spawn_site) {
  std::string text = "panic: " + CurrentPanicText() + "\n\n";
  if (id != 0) {
    text += "goroutine " + std::to_string(id) + " [running]:\n" + CreatedBy(spawn_site);
  }
  WriteStderr(text.data(), text.size());
  if (!Crashes()) return;
  std::fflush(stdout);
  _exit(kExitCrash);
}

void ReportCurrentPanic() {
  Goroutine* g = CurrentGoroutine();
  if (g == nullptr) {
    ReportPanic(0, nullptr);
    return;
  }
  g->panicking = true;
  ReportPanic(g->id, g->spawn_site);
  g->panicking = false;
}

}  // namespace internal

}  // namespace heddle
