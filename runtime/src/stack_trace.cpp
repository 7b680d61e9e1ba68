// See stack_trace.h.
#include "stack_trace.h"

#include <unwind.h>

#include <cstdint>
#include <string_view>
#include <vector>

#include "symbolize.h"

namespace heddle::internal {

namespace {

struct Capturing {
  StackTrace* trace;
  const void* from;
};

_Unwind_Reason_Code AddFrame(_Unwind_Context* context, void* arg) {
  auto* capturing = static_cast<Capturing*>(arg);
  StackTrace& trace = *capturing->trace;
  int interrupted = 0;
  std::uintptr_t pc = _Unwind_GetIPInfo(context, &interrupted);
  if (pc == 0) return _URC_END_OF_STACK;
  if (capturing->from != nullptr) {
    if (reinterpret_cast<const void*>(pc) != capturing->from) return _URC_NO_REASON;
    capturing->from = nullptr;
  }
  if (interrupted != 0) ++pc;  // as if it were the return address of a call
  constexpr int kEnd = StackTrace::kEnd;
  const int at = trace.total < kEnd ? trace.total : kEnd + (trace.total - kEnd) % kEnd;
  trace.pc[at] = reinterpret_cast<const void*>(pc);
  ++trace.total;
  return _URC_NO_REASON;
}

bool StartsWith(std::string_view text, std::string_view start) {
  return text.substr(0, start.size()) == start;
}

// `void a::F<int>(int)` -> `a::F`: without return type, arguments and parameters.
std::string_view QualifiedName(std::string_view function) {
  constexpr std::string_view kAuto = "decltype(auto) ";
  if (StartsWith(function, kAuto)) function.remove_prefix(kAuto.size());
  function = function.substr(0, function.find_first_of("<("));
  return function.substr(function.find_last_of(' ') + 1);  // npos + 1 is 0
}

// Names may be bare where only line tables were asked for; then the header tells.
bool IsRuntime(const CodeFrame& frame) {
  return StartsWith(QualifiedName(frame.function), "heddle::") ||
         StartsWith(frame.function, "heddle_") ||
         frame.place.find("/include/heddle/") != std::string::npos;
}

// What stands between a goroutine's first frame and the user's function.
bool IsCallPlumbing(const CodeFrame& frame) {
  const std::string_view name = QualifiedName(frame.function);
  return IsRuntime(frame) || StartsWith(name, "std::") || name == "decltype" ||
         frame.place.find("/c++/") != std::string::npos;
}

bool IsThrow(const CodeFrame& frame) {
  return StartsWith(frame.function, "__cxa_") || StartsWith(frame.function, "_Unwind_") ||
         StartsWith(frame.function, "std::rethrow_exception");
}

bool IsEntry(const CodeFrame& frame) {
  return frame.function.find("GoroutineMain") != std::string::npos ||
         frame.function == "heddle_entry";
}

// What starts a thread.
bool IsThreadPlumbing(const CodeFrame& frame) {
  static constexpr std::string_view kStarts[] = {"_start", "start_thread", "clone",
                                                 "clone3", "__clone3",     "thread_start"};
  for (const std::string_view start : kStarts) {
    if (frame.function == start) return true;
  }
  return StartsWith(frame.function, "__libc_start") ||
         (frame.function == "?" && frame.place.find("/libc.so") != std::string::npos);
}

std::string FrameText(const CodeFrame& frame) {
  return frame.function + "\n\t" + frame.place + frame.offset + "\n";
}

// Whether the function whose frame this is was compiled with the library, or is the first one
// of Run: then nothing of the user's was inlined there. Templates are compiled with the user.
bool IsOfLibrary(const CodeFrame& frame) {
  const std::string_view name = QualifiedName(frame.function);
  const std::string_view whole = frame.function;
  return (StartsWith(name, "heddle::") &&
          whole.substr(0, whole.find('(')).find('<') == std::string_view::npos) ||
         whole.find("heddle::internal::RunAndWait(") != std::string_view::npos;
}

// Frames [first, first + count) of the trace, down to the goroutine's first.
std::vector<CodeFrame> Expand(const StackTrace& trace, int first, int count) {
  constexpr int kEnd = StackTrace::kEnd;
  std::vector<CodeFrame> frames;
  for (int i = first; i < first + count; ++i) {
    std::vector<CodeFrame> here = Symbolize(trace.pc[i < kEnd ? i : kEnd + (i - kEnd) % kEnd]);
    if (IsOfLibrary(here.back())) here.erase(here.begin(), here.end() - 1);
    for (CodeFrame& frame : here) {
      if (IsEntry(frame)) return frames;
      frames.push_back(std::move(frame));
    }
  }
  return frames;
}

// A recursion is told once.
std::string FramesText(const std::vector<CodeFrame>& frames) {
  std::string text;
  for (std::size_t i = 0; i < frames.size();) {
    const std::string frame = FrameText(frames[i]);
    std::size_t same = 1;
    while (i + same < frames.size() && FrameText(frames[i + same]) == frame) ++same;
    text += frame;
    if (same > 1) text += "\t... and " + std::to_string(same - 1) + " more of this frame\n";
    i += same;
  }
  return text;
}

void DropBottom(std::vector<CodeFrame>* frames) {
  while (!frames->empty() && (IsCallPlumbing(frames->back()) || IsThreadPlumbing(frames->back()))) {
    frames->pop_back();
  }
}

void DropTop(std::vector<CodeFrame>* frames) {
  std::size_t drop = 0;
  for (std::size_t i = 0; i < frames->size(); ++i) {
    if (IsThrow((*frames)[i])) drop = i + 1;
  }
  while (drop < frames->size() && IsRuntime((*frames)[drop])) ++drop;
  frames->erase(frames->begin(), frames->begin() + static_cast<std::ptrdiff_t>(drop));
}

}  // namespace

[[gnu::noinline]] void Capture(StackTrace* trace, const void* from) {
  trace->total = 0;
  Capturing capturing{trace, from};
  _Unwind_Backtrace(AddFrame, &capturing);
}

std::string StackText(const StackTrace& trace) {
  constexpr int kEnd = StackTrace::kEnd;
  const int left_out = trace.total - 2 * kEnd;
  std::vector<CodeFrame> frames = Expand(trace, 0, left_out > 0 ? kEnd : trace.total);
  DropTop(&frames);
  std::string text;
  if (left_out > 0) {
    text += FramesText(frames) + "..." + std::to_string(left_out) + " frames left out...\n";
    frames = Expand(trace, trace.total - kEnd, kEnd);
  }
  DropBottom(&frames);
  return text + FramesText(frames);
}

std::string CreatedBy(const void* spawn_site) {
  const std::vector<CodeFrame> frames = Symbolize(spawn_site);
  for (const CodeFrame& frame : frames) {
    if (!IsRuntime(frame)) return "created by " + FrameText(frame);
  }
  return "created by " + FrameText(frames.back());
}

}  // namespace heddle::internal
