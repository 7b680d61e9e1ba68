//===- Passes.h - What heddle-opt can do with a skeleton ------*- C++ -*-===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Role: the names of the passes and the way from text through one of them.
//
//===----------------------------------------------------------------------===//
#ifndef HEDDLE_TOOL_OPT_PASSES_H
#define HEDDLE_TOOL_OPT_PASSES_H

#include "engine/Emit.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

namespace heddle::opt {

struct Pass {
  llvm::StringLiteral Name;
  engine::Stage Stage;
  llvm::StringLiteral Help;
};

/// All but `rules`, whose findings go to a report.
llvm::ArrayRef<Pass> passes();

/// Reads Text, called Name in messages, and prints what P makes of it.
llvm::Expected<std::string> run(const Pass &P, llvm::StringRef Text,
                                llvm::StringRef Name,
                                const engine::Options &O);

} // namespace heddle::opt

#endif // HEDDLE_TOOL_OPT_PASSES_H
