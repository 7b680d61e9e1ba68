//===- Emit.cpp - What lies between skeleton and findings, as text --------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "engine/Emit.h"
#include "explore/Network.h"
#include "ir/SkeletonText.h"
#include "ir/Verify.h"
#include "link/Program.h"
#include "report/ExplorationText.h"
#include "report/NetworkDot.h"
#include "summary/SummaryFile.h"

using namespace heddle;
using namespace heddle::engine;

llvm::Expected<std::string> engine::emit(ir::Unit Unit, Stage What,
                                         const Options &O) {
  std::string Wrong;
  for (const ir::Complaint &C : ir::verify(Unit))
    Wrong += (Wrong.empty() ? "" : "\n") + C.str(Unit);
  if (!Wrong.empty())
    return llvm::createStringError(llvm::inconvertibleErrorCode(), Wrong);
  if (What == Stage::Skeleton)
    return ir::print(Unit);
  if (What == Stage::Verified)
    return "";
  link::Program Program(std::move(Unit));
  if (What == Stage::Summary)
    return summary::print(summary::fileOf(Program.summaries()));
  if (What == Stage::Network)
    return report::networkDot(Program.summaries(),
                              explore::Network(Program.unit()).entries());
  return report::explorationText(Program.unit(),
                                 explore::explore(Program.unit(), O.Bounds));
}
