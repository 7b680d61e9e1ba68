//===- Frontend.h - From a source file to a skeleton ----------*- C++ -*-===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Role: the door for faces that start from a file. It runs the compiler's front
// half on the file and hands its tree to extractUnit. Clang-free.
// Bodies of functions in system headers are not parsed: the models say what
// those functions do, and parsing them is most of the time that a file takes.
//
//===----------------------------------------------------------------------===//
#ifndef HEDDLE_EXTRACT_FRONTEND_H
#define HEDDLE_EXTRACT_FRONTEND_H

#include "ir/Skeleton.h"
#include "models/Model.h"

namespace heddle::extract {

struct FrontendResult {
  ir::Unit Unit;       ///< empty when there are errors
  unsigned Errors = 0; ///< compile errors, already printed to stderr
  double ParseSeconds = 0, ExtractSeconds = 0;
};

/// Parses File with the flags CommandLine (no compiler, no file) in Directory
/// and extracts its skeleton. Files of the unit are named so that they can be
/// opened from here, the main file as in File.
/// Colour is for the compiler's errors. Thread-safety: yes.
FrontendResult parseFile(llvm::StringRef File, llvm::StringRef Directory,
                         llvm::ArrayRef<std::string> CommandLine,
                         const models::Model &M, bool Colour = false);

} // namespace heddle::extract

#endif // HEDDLE_EXTRACT_FRONTEND_H
