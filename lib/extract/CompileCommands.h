//===- CompileCommands.h - How files are compiled -------------*- C++ -*-===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Role: compile_commands.json, and flags brought into the form that the
// frontend takes: no compiler, no input file, no output. Clang-free, for the
// faces.
//
//===----------------------------------------------------------------------===//
#ifndef HEDDLE_EXTRACT_COMPILECOMMANDS_H
#define HEDDLE_EXTRACT_COMPILECOMMANDS_H

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include <string>
#include <vector>

namespace heddle::extract {

struct CompileCommand {
  std::string File; ///< absolute, or relative to Directory
  std::string Directory;
  std::vector<std::string> Flags;
};

/// Where Where is a folder, the compile_commands.json in it, else itself.
/// One command a file, the first; files that are no C or C++ are left out.
/// Errors: "FILE: what is wrong with it".
llvm::Expected<std::vector<CompileCommand>>
readCompileCommands(llvm::StringRef Where);

/// The folder of the compile_commands.json nearest to File: in its folder or
/// one above it. Empty when there is none.
std::string findCompileCommands(llvm::StringRef File);

/// The command for File; null when there is none.
const CompileCommand *commandFor(llvm::StringRef File,
                                 const std::vector<CompileCommand> &Commands);

} // namespace heddle::extract

#endif // HEDDLE_EXTRACT_COMPILECOMMANDS_H
