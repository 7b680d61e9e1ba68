//===- Guarded.h - Work that may crash ------------------------*- C++ -*-===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Role: keeps a crash in one file from taking the others with it.
//
//===----------------------------------------------------------------------===//
#ifndef HEDDLE_TOOL_CHECK_GUARDED_H
#define HEDDLE_TOOL_CHECK_GUARDED_H

#include "llvm/ADT/STLFunctionalExtras.h"

namespace heddle::check {

/// Runs Work on a large stack of its own. False when it crashed: a bad access,
/// an abort, a stack without end. Nothing that Work was at is unwound then, so
/// what it has half made must not be touched, not even destroyed.
bool runGuarded(llvm::function_ref<void()> Work);

} // namespace heddle::check

#endif // HEDDLE_TOOL_CHECK_GUARDED_H
