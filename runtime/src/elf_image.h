// A module's file on disk, mapped for reading: its sections by name, its functions by
// address. Made for reports; the file may be missing, cut short or replaced meanwhile.
// Addresses are as the file counts: run-time address minus load bias.
// Cost: an `open` and a `mmap`; a lookup reads the symbol table, some 0.1 ms per MiB.
#ifndef HEDDLE_SRC_ELF_IMAGE_H_
#define HEDDLE_SRC_ELF_IMAGE_H_

#include "byte_cursor.h"

namespace heddle::internal {

struct ElfSymbol {
  const char* name = nullptr;  // mangled; null: not found
  std::uint64_t start = 0;
};

class ElfImage {
 public:
  explicit ElfImage(const char* path);
  // Over bytes that are somebody else's.
  explicit ElfImage(Bytes file) : file_(file) {}
  ~ElfImage();
  ElfImage(const ElfImage&) = delete;
  ElfImage& operator=(const ElfImage&) = delete;

  // Empty when there is none, and when it is compressed.
  Bytes Section(const char* name) const;

  // The function that covers `address`, from .symtab, else from .dynsym.
  ElfSymbol FunctionAt(std::uint64_t address) const;

 private:
  Bytes file_;
  bool mapped_ = false;
};

}  // namespace heddle::internal

#endif  // HEDDLE_SRC_ELF_IMAGE_H_
