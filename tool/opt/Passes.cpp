//===- Passes.cpp - What heddle-opt can do with a skeleton ----------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Passes.h"
#include "ir/SkeletonText.h"
#include "summary/SummaryFile.h"

using namespace heddle;
using engine::Stage;

llvm::ArrayRef<opt::Pass> opt::passes() {
  static constexpr Pass Passes[] = {
      {"print", Stage::Skeleton, "the skeleton again, as text (the default)"},
      {"verify", Stage::Verified, "nothing; a skeleton that is wrong is said"},
      {"summary", Stage::Summary,
       "the summaries of its functions; of a summary file, that file again"},
      {"network", Stage::Network, "the task network of each entry, as DOT"},
      {"explore", Stage::Exploration,
       "each entry's states and bounds, each fault and how it comes"}};
  return Passes;
}

llvm::Expected<std::string> opt::run(const Pass &P, llvm::StringRef Text,
                                     llvm::StringRef Name,
                                     const engine::Options &O) {
  if (P.Stage == Stage::Summary && summary::isSummaryFile(Text)) {
    llvm::Expected<summary::SummaryFile> File = summary::parse(Text, Name);
    if (!File)
      return File.takeError();
    return summary::print(*File);
  }
  llvm::Expected<ir::Unit> Unit = ir::parse(Text, Name);
  if (!Unit)
    return Unit.takeError();
  return engine::emit(std::move(*Unit), P.Stage, O);
}
