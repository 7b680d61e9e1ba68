// From an address in code to something to read.
#ifndef HEDDLE_SRC_SYMBOLIZE_H_
#define HEDDLE_SRC_SYMBOLIZE_H_

#include <string>

namespace heddle::internal {

// `function(arguments)+0x12 (module+0x3456)`; without the function when neither the
// dynamic nor the full symbol table of the module has it. Takes file names and symbols
// from the process itself and allocates: not for signal handlers.
// Cost: the module's symbol table is read at each call, some 0.1 ms per MiB.
std::string Symbolize(const void* pc);

}  // namespace heddle::internal

#endif  // HEDDLE_SRC_SYMBOLIZE_H_
