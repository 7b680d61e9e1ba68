// From an address in code to something to read.
#ifndef HEDDLE_SRC_SYMBOLIZE_H_
#define HEDDLE_SRC_SYMBOLIZE_H_

#include <string>
#include <vector>

namespace heddle::internal {

struct CodeFrame {
  std::string function;  // demangled; "?" when no symbol table of the module has it
  std::string place;     // `file:line`, or `module+0x3456` without debug information
  std::string offset;    // ` +0x12` in the function; "" for an inlined call
};

// The frames at `pc`, a return address: calls inlined there first, the function last. At
// least one. Takes symbols, lines and file names from the modules of the process.
// Allocates and takes a lock: not for signal handlers. Thread-safety: any thread.
// Cost: see elf_image.h and debug_info.h; an address asked for once is remembered.
std::vector<CodeFrame> Symbolize(const void* pc);

// A symbol or the name of a type as the programmer knows it; as it is when it is neither.
std::string Demangle(const std::string& name);

}  // namespace heddle::internal

#endif  // HEDDLE_SRC_SYMBOLIZE_H_
