//===- Pipeline.h - From skeleton to findings ----------------*- C++ -*-===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Role: what every face calls. In: the skeleton of a unit, or of a program that
// link/Linker.h has made of several. Out: its findings, in order, without those
// that the source silences. Knows nothing of clang. Cost: linear in the unit
// but for exploration, which Options bounds.
//
//===----------------------------------------------------------------------===//
#ifndef HEDDLE_ENGINE_PIPELINE_H
#define HEDDLE_ENGINE_PIPELINE_H

#include "engine/Options.h"
#include "engine/Stats.h"
#include "ir/Skeleton.h"
#include "report/SourceText.h"
#include "rules/Finding.h"

namespace heddle::engine {

struct Result {
  std::vector<rules::Finding> Findings;
  std::vector<std::string> Files; ///< resolves the findings' file ids
  Stats Counts; ///< what the face itself does (parsing) is not in it
  /// Not empty when the skeleton broke an invariant: what, and nothing was
  /// analysed. A fault of the checker, never of the program.
  std::string Broken;
};

/// Text serves NOLINT; it must know the unit's files by the names in the unit.
Result analyse(ir::Unit Unit, const Options &O, report::SourceText &Text);

/// A face that reports several units tells each finding once: one in a header
/// is found in every unit that includes it.
class Seen {
public:
  /// True the first time.
  bool insert(const rules::Finding &F, const std::vector<std::string> &Files);

private:
  llvm::StringMap<char> Keys;
};

} // namespace heddle::engine

#endif // HEDDLE_ENGINE_PIPELINE_H
