//===- UnitAnalysis.h - One analysis for all checks of a unit --*- C++ -*-===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Role: clang-tidy makes one object per check and unit; the analysis that they
// all read is made by the first that asks and dies with the last.
// Thread-safety: an editor keeps several units alive on several threads. Each
// unit is used by one thread at a time; the table of units is locked.
//
//===----------------------------------------------------------------------===//
#ifndef HEDDLE_TOOL_TIDY_UNITANALYSIS_H
#define HEDDLE_TOOL_TIDY_UNITANALYSIS_H

#include "engine/Pipeline.h"
#include <map>
#include <memory>
#include <mutex>

namespace clang {
class ASTContext;
}

namespace heddle::tidy {

/// Which analyses are alive. Owned by the factories of the checks; it owns no
/// analysis itself.
class UnitAnalyses {
public:
  /// Ensures: not null; empty for a unit that does not compile.
  std::shared_ptr<const engine::Result> get(clang::ASTContext &Ctx);

private:
  std::mutex Mutex;
  std::map<const clang::ASTContext *, std::weak_ptr<const engine::Result>>
      Alive; // guarded by Mutex
};

} // namespace heddle::tidy

#endif // HEDDLE_TOOL_TIDY_UNITANALYSIS_H
