// See symbolize.h. dladdr finds the module; names and lines come from its file.
#include "symbolize.h"

#include <cxxabi.h>
#include <dlfcn.h>
#include <link.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <mutex>

#include "debug_info.h"
#include "elf_image.h"

namespace heddle::internal {

namespace {

struct Module {
  explicit Module(const std::string& path) : image(path.c_str()), debug(image) {}
  ElfImage image;
  DebugInfo debug;
};

// Kept from the first report on: in a process that goes on after a panic, the next one is
// cheap. Never destroyed: reports are made while the process ends.
struct Known {
  std::mutex mutex;
  std::map<std::string, Module> modules;                    // guarded by mutex
  std::map<const void*, std::vector<CodeFrame>> addresses;  // guarded by mutex
};
Known& TheKnown() {
  static Known& known = *new Known;
  return known;
}
// A program that loads and unloads code makes ever new addresses.
constexpr std::size_t kMaxRemembered = 10'000;

std::string Hex(const char* before, std::uintptr_t number) {
  char buffer[64];
  std::snprintf(buffer, sizeof(buffer), "%s0x%zx", before, static_cast<std::size_t>(number));
  return buffer;
}

// `address` is within the call; the return address may be the next line's, or the next
// function's.
std::vector<CodeFrame> Look(Known& known, std::uintptr_t address) {
  Dl_info info{};
  void* extra = nullptr;
  if (dladdr1(reinterpret_cast<const void*>(address), &info, &extra, RTLD_DL_LINKMAP) == 0) {
    return {{"?", Hex("", address), ""}};
  }
  const auto* map = static_cast<const link_map*>(extra);
  // The program itself has no name there, and argv[0] may be anything.
  const bool program = map->l_name == nullptr || *map->l_name == '\0';
  const char* path = program ? "/proc/self/exe" : map->l_name;
  Module& module = known.modules.try_emplace(path, path).first->second;
  const std::uintptr_t in_file = address - map->l_addr;

  std::vector<CodeFrame> frames;
  for (const SourceFrame& source : module.debug.FramesAt(in_file)) {
    CodeFrame frame;
    frame.function = source.function.empty() ? "?" : Demangle(source.function);
    if (!source.file.empty() && source.line != 0) {
      frame.place = source.file + ":" + std::to_string(source.line);
    }
    frames.push_back(frame);
  }
  if (frames.empty()) frames.emplace_back();
  CodeFrame& outer = frames.back();
  ElfSymbol symbol = module.image.FunctionAt(in_file);
  if (symbol.name == nullptr && info.dli_sname != nullptr) {
    symbol = {info.dli_sname, reinterpret_cast<std::uintptr_t>(info.dli_saddr) - map->l_addr};
  }
  if (symbol.name != nullptr) {
    outer.function = Demangle(symbol.name);
    outer.offset = Hex(" +", in_file + 1 - symbol.start);
  }
  for (CodeFrame& frame : frames) {
    if (frame.function.empty()) frame.function = "?";
    if (frame.place.empty()) {
      frame.place = Hex((std::string(info.dli_fname) + "+").c_str(), in_file + 1);
    }
  }
  return frames;
}

}  // namespace

std::string Demangle(const std::string& name) {
  int status = 0;
  char* text = abi::__cxa_demangle(name.c_str(), nullptr, nullptr, &status);
  std::string result = status == 0 && text != nullptr ? text : name;
  std::free(text);
  return result;
}

std::vector<CodeFrame> Symbolize(const void* pc) {
  Known& known = TheKnown();
  const std::lock_guard lock(known.mutex);
  const auto found = known.addresses.find(pc);
  if (found != known.addresses.end()) return found->second;
  if (known.addresses.size() > kMaxRemembered) known.addresses.clear();
  return known.addresses[pc] = Look(known, reinterpret_cast<std::uintptr_t>(pc) - 1);
}

}  // namespace heddle::internal
