//===- CommandLine.h - heddle-check's options -----------------*- C++ -*-===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Role: argv to a struct. What follows `--` are the compiler's flags.
//
//===----------------------------------------------------------------------===//
#ifndef HEDDLE_TOOL_CHECK_COMMANDLINE_H
#define HEDDLE_TOOL_CHECK_COMMANDLINE_H

#include "engine/Emit.h"
#include <optional>
#include <string>
#include <vector>

namespace heddle::check {

struct CommandLine {
  std::vector<std::string> Files;
  std::string BuildPath; ///< -p; empty when it is not given
  /// After `--`; nullopt when there is no `--`.
  std::optional<std::vector<std::string>> Flags;
  std::string Checks; ///< what --checks adds to the default
  std::string Explain;
  /// Not empty: what to print in place of findings.
  std::optional<engine::Stage> Emit;
  std::string WitnessFolder; ///< --witness-svg
  std::string Stats;         ///< "text", "json" or none
  bool ListChecks = false, NoLink = false;
  bool Colour = false; ///< decided: --color=auto has looked at stdout
};

/// Nullopt when it is wrong; why has been said on stderr. --help and --version
/// do not return.
std::optional<CommandLine> readCommandLine(int Argc, const char **Argv);

} // namespace heddle::check

#endif // HEDDLE_TOOL_CHECK_COMMANDLINE_H
