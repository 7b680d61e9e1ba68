// See symbolize.h. The loader's list gives the module (dladdr would do it too, but not in a
// static program); names and lines come from the module's file.
#include "symbolize.h"

#include <cxxabi.h>
#include <link.h>
#include <unistd.h>

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

struct Place {
  std::uintptr_t address = 0;
  std::string path;  // of the module's file; "": no module's
  std::string name;  // the same to be read
  std::uintptr_t bias = 0;
};

std::string ProgramPath() {
  char path[4096];
  const ssize_t size = readlink("/proc/self/exe", path, sizeof(path));
  return size > 0 ? std::string(path, static_cast<std::size_t>(size)) : "/proc/self/exe";
}

int LookInModule(dl_phdr_info* info, std::size_t, void* context) {
  auto* place = static_cast<Place*>(context);
  for (int i = 0; i < info->dlpi_phnum; ++i) {
    const ElfW(Phdr)& segment = info->dlpi_phdr[i];
    const std::uintptr_t offset = place->address - info->dlpi_addr - segment.p_vaddr;
    if (segment.p_type != PT_LOAD || offset >= segment.p_memsz) continue;
    place->bias = info->dlpi_addr;
    // The program itself has no name there, and argv[0] may be anything.
    const bool program = *info->dlpi_name == '\0';
    place->path = program ? "/proc/self/exe" : info->dlpi_name;  // there even if deleted since
    place->name = program ? ProgramPath() : place->path;
    return 1;
  }
  return 0;
}

Place FindPlace(std::uintptr_t address) {
  Place place;
  place.address = address;
  dl_iterate_phdr(LookInModule, &place);
  return place;
}

// `address` is within the call; the return address may be the next line's, or the next
// function's.
std::vector<CodeFrame> Look(Known& known, std::uintptr_t address) {
  const Place place = FindPlace(address);
  if (place.path.empty()) return {{"?", Hex("", address + 1), ""}};
  Module& module = known.modules.try_emplace(place.path, place.path).first->second;
  const std::uintptr_t in_file = address - place.bias;

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
  const ElfSymbol symbol = module.image.FunctionAt(in_file);
  if (symbol.name != nullptr) {
    outer.function = Demangle(symbol.name);
    outer.offset = Hex(" +", in_file + 1 - symbol.start);
  }
  for (CodeFrame& frame : frames) {
    if (frame.function.empty()) frame.function = "?";
    if (frame.place.empty()) {
      frame.place = Hex((place.name + "+").c_str(), in_file + 1);
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
