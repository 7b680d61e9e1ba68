//===- CheckFiles.h - Files to findings -----------------------*- C++ -*-===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Role: every file is parsed and extracted, one after the other, and only its
// skeleton is kept. Then the skeletons are linked, and each program is analysed
// and reported. A file that cannot be read, or that the checker crashes on,
// does not keep the others from it.
//
//===----------------------------------------------------------------------===//
#ifndef HEDDLE_TOOL_CHECK_CHECKFILES_H
#define HEDDLE_TOOL_CHECK_CHECKFILES_H

#include "CommandLine.h"
#include "engine/Options.h"
#include "llvm/ADT/Twine.h"

namespace heddle::check {

/// heddle-check's exit status.
enum Status { NoFindings = 0, SomeFindings = 1, Trouble = 2 };

/// Says What on stderr.
Status wrong(const llvm::Twine &What);

Status checkFiles(const CommandLine &Line, const engine::Options &Options);

} // namespace heddle::check

#endif // HEDDLE_TOOL_CHECK_CHECKFILES_H
