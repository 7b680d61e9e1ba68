// See symbolize.h. dladdr finds the module and what it exports; the functions that an
// executable does not export (nearly all) are in its .symtab, which is read here.
#include "symbolize.h"

#include <cxxabi.h>
#include <dlfcn.h>
#include <elf.h>
#include <fcntl.h>
#include <link.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>

namespace heddle::internal {

namespace {

struct Symbol {
  std::string name;
  std::uintptr_t start = 0;  // as the module counts
};

// Finds the function that covers `address` in the section headers' SHT_SYMTAB.
Symbol FindInImage(const unsigned char* image, std::size_t size, std::uintptr_t address) {
  Symbol found;
  const auto* header = reinterpret_cast<const ElfW(Ehdr)*>(image);
  if (size < sizeof(*header) ||
      header->e_shoff + std::size_t{header->e_shnum} * sizeof(ElfW(Shdr)) > size) {
    return found;
  }
  const auto* sections = reinterpret_cast<const ElfW(Shdr)*>(image + header->e_shoff);
  for (int i = 0; i < header->e_shnum; ++i) {
    const ElfW(Shdr)& table = sections[i];
    if (table.sh_type != SHT_SYMTAB || table.sh_link >= header->e_shnum) continue;
    const ElfW(Shdr)& strings = sections[table.sh_link];
    if (table.sh_offset + table.sh_size > size || strings.sh_offset + strings.sh_size > size) {
      continue;
    }
    const auto* symbols = reinterpret_cast<const ElfW(Sym)*>(image + table.sh_offset);
    const std::size_t count = table.sh_size / sizeof(ElfW(Sym));
    for (std::size_t s = 0; s < count; ++s) {
      const ElfW(Sym)& symbol = symbols[s];
      if ((symbol.st_info & 0xf) != STT_FUNC || symbol.st_name >= strings.sh_size) continue;
      if (address < symbol.st_value || address >= symbol.st_value + symbol.st_size) continue;
      found.name = reinterpret_cast<const char*>(image + strings.sh_offset + symbol.st_name);
      found.start = symbol.st_value;
      return found;
    }
  }
  return found;
}

Symbol FindInFile(const char* path, std::uintptr_t base, std::uintptr_t pc) {
  Symbol found;
  const int fd = open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) return found;
  struct stat status{};
  if (fstat(fd, &status) == 0 && status.st_size > 0) {
    const auto size = static_cast<std::size_t>(status.st_size);
    void* map = mmap(nullptr, size, PROT_READ, MAP_PRIVATE, fd, 0);
    if (map != MAP_FAILED) {
      const auto* image = static_cast<const unsigned char*>(map);
      const auto* header = reinterpret_cast<const ElfW(Ehdr)*>(image);
      const bool fixed = size >= sizeof(*header) && header->e_type == ET_EXEC;
      found = FindInImage(image, size, fixed ? pc : pc - base);
      if (!fixed) found.start += base;
      munmap(map, size);
    }
  }
  close(fd);
  return found;
}

std::string Demangle(const char* name) {
  int status = 0;
  char* text = abi::__cxa_demangle(name, nullptr, nullptr, &status);
  std::string result = status == 0 && text != nullptr ? text : name;
  std::free(text);
  return result;
}

}  // namespace

std::string Symbolize(const void* pc) {
  char buffer[64];
  const auto address = reinterpret_cast<std::uintptr_t>(pc);
  Dl_info info{};
  if (dladdr(pc, &info) == 0 || info.dli_fname == nullptr) {
    std::snprintf(buffer, sizeof(buffer), "%p", pc);
    return buffer;
  }
  const auto base = reinterpret_cast<std::uintptr_t>(info.dli_fbase);
  Symbol symbol = FindInFile(info.dli_fname, base, address);
  if (symbol.name.empty()) symbol = FindInFile("/proc/self/exe", base, address);
  if (symbol.name.empty() && info.dli_sname != nullptr) {
    symbol.name = info.dli_sname;
    symbol.start = reinterpret_cast<std::uintptr_t>(info.dli_saddr);
  }
  std::string text;
  if (!symbol.name.empty()) {
    std::snprintf(buffer, sizeof(buffer), "+0x%zx ",
                  static_cast<std::size_t>(address - symbol.start));
    text = Demangle(symbol.name.c_str()) + buffer;
  }
  std::snprintf(buffer, sizeof(buffer), "+0x%zx)", static_cast<std::size_t>(address - base));
  return text + "(" + info.dli_fname + buffer;
}

}  // namespace heddle::internal
