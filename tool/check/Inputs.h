//===- Inputs.h - What heddle-check is to read ----------------*- C++ -*-===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Role: the files of the command line, each with the flags to compile it with.
//
//===----------------------------------------------------------------------===//
#ifndef HEDDLE_TOOL_CHECK_INPUTS_H
#define HEDDLE_TOOL_CHECK_INPUTS_H

#include "CommandLine.h"
#include "extract/CompileCommands.h"
#include "llvm/ADT/StringSet.h"

namespace heddle::check {

struct Inputs {
  /// Each file once, by whatever names it was given.
  std::vector<extract::CompileCommand> Commands;
  std::vector<std::string> Skeletons; ///< *.skel, printed by --emit-skeleton
  /// Files that cannot be read, and why: "FILE: no such file or directory".
  std::vector<std::string> Unreadable;
  /// Of Commands: nobody said how these are compiled.
  llvm::StringSet<> Guessed;
};

/// Errors: no file is named, the compile database is none, or no file is in it.
llvm::Expected<Inputs> inputsOf(const CommandLine &Line);

} // namespace heddle::check

#endif // HEDDLE_TOOL_CHECK_INPUTS_H
