//===- Emit.h - Between skeleton and findings, as text -------*- C++ -*-===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Role: runs the pipeline up to one of its stages and prints what is there: the
// --emit options of heddle-check and the passes of heddle-opt.
//
//===----------------------------------------------------------------------===//
#ifndef HEDDLE_ENGINE_EMIT_H
#define HEDDLE_ENGINE_EMIT_H

#include "engine/Options.h"
#include "ir/Skeleton.h"
#include "llvm/Support/Error.h"

namespace heddle::engine {

enum class Stage : uint8_t {
  Skeleton,    ///< ir/SkeletonText.h
  Verified,    ///< nothing, or the invariants that the skeleton breaks
  Summary,     ///< summary/SummaryFile.h
  Network,     ///< report/NetworkDot.h
  Exploration, ///< report/ExplorationText.h
};

/// Errors: Unit breaks an invariant; all that it breaks, a line for each.
llvm::Expected<std::string> emit(ir::Unit Unit, Stage What, const Options &O);

} // namespace heddle::engine

#endif // HEDDLE_ENGINE_EMIT_H
