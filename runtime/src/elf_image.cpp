// See elf_image.h.
#include "elf_image.h"

#include <elf.h>
#include <fcntl.h>
#include <link.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace heddle::internal {

namespace {

// A copy, since nothing in a damaged file need be aligned. Returns false past the end.
template <class T>
bool Load(Bytes bytes, std::uint64_t at, T* value) {
  const Bytes part = Part(bytes, at, sizeof(T));
  if (part.empty()) return false;
  std::memcpy(value, part.data(), sizeof(T));
  return true;
}

bool LoadHeader(Bytes file, ElfW(Ehdr) * header) {
  return Load(file, 0, header) && std::memcmp(header->e_ident, ELFMAG, SELFMAG) == 0 &&
         header->e_ident[EI_CLASS] == (sizeof(void*) == 8 ? ELFCLASS64 : ELFCLASS32) &&
         header->e_shentsize == sizeof(ElfW(Shdr));
}

bool LoadSection(Bytes file, const ElfW(Ehdr) & header, std::uint64_t index, ElfW(Shdr) * section) {
  return index < header.e_shnum && Load(file, header.e_shoff + index * sizeof(ElfW(Shdr)), section);
}

Bytes Contents(Bytes file, const ElfW(Shdr) & section) {
  if (section.sh_type == SHT_NOBITS || (section.sh_flags & SHF_COMPRESSED) != 0) return {};
  return Part(file, section.sh_offset, section.sh_size);
}

ElfSymbol FindIn(Bytes symbols, Bytes names, std::uint64_t address) {
  ElfW(Sym) symbol;
  for (std::uint64_t at = 0; Load(symbols, at, &symbol); at += sizeof(symbol)) {
    if ((symbol.st_info & 0xf) != STT_FUNC || symbol.st_shndx == SHN_UNDEF) continue;
    if (address < symbol.st_value || address - symbol.st_value >= symbol.st_size) continue;
    ByteCursor name(names, symbol.st_name);
    const char* text = name.String();
    if (name.ok()) return {text, symbol.st_value};
  }
  return {};
}

}  // namespace

ElfImage::ElfImage(const char* path) {
  const int fd = open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) return;
  struct stat status {};
  if (fstat(fd, &status) == 0 && S_ISREG(status.st_mode) && status.st_size > 0) {
    const auto size = static_cast<std::size_t>(status.st_size);
    void* map = mmap(nullptr, size, PROT_READ, MAP_PRIVATE, fd, 0);
    if (map != MAP_FAILED) {
      file_ = {static_cast<const unsigned char*>(map), size};
      mapped_ = true;
    }
  }
  close(fd);
}

ElfImage::~ElfImage() {
  if (mapped_) munmap(const_cast<unsigned char*>(file_.data()), file_.size());
}

Bytes ElfImage::Section(const char* name) const {
  ElfW(Ehdr) header;
  ElfW(Shdr) names;
  if (!LoadHeader(file_, &header) || !LoadSection(file_, header, header.e_shstrndx, &names)) {
    return {};
  }
  ElfW(Shdr) section;
  for (std::uint64_t i = 0; LoadSection(file_, header, i, &section); ++i) {
    ByteCursor text(Contents(file_, names), section.sh_name);
    if (std::strcmp(text.String(), name) == 0 && text.ok()) return Contents(file_, section);
  }
  return {};
}

ElfSymbol ElfImage::FunctionAt(std::uint64_t address) const {
  const ElfSymbol full = FindIn(Section(".symtab"), Section(".strtab"), address);
  return full.name != nullptr ? full : FindIn(Section(".dynsym"), Section(".dynstr"), address);
}

}  // namespace heddle::internal
