//===- UnitAnalysis.cpp - One analysis for all checks of a unit ---------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "UnitAnalysis.h"
#include "extract/Extractor.h"
#include "models/ModelFile.h"
#include "clang/AST/ASTContext.h"
#include "clang/Basic/SourceManager.h"

using namespace heddle;
using namespace heddle::tidy;

/// What the compiler read, which in an editor is not what is on disk.
static std::optional<std::string> readFrom(clang::SourceManager &SM,
                                           llvm::StringRef Path) {
  auto File = SM.getFileManager().getOptionalFileRef(Path);
  if (!File)
    return std::nullopt;
  auto Buffer = SM.getMemoryBufferForFileOrNone(*File);
  if (!Buffer)
    return std::nullopt;
  return Buffer->getBuffer().str();
}

static engine::Result analyse(clang::ASTContext &Ctx) {
  // clang-tidy runs checks on broken code too; its findings mean nothing.
  if (Ctx.getDiagnostics().hasUncompilableErrorOccurred())
    return {};
  report::SourceText Text([&](llvm::StringRef Path) {
    return readFrom(Ctx.getSourceManager(), Path);
  });
  return engine::analyse(extract::extractUnit(Ctx, models::builtinModel()),
                         engine::Options(), Text);
}

std::shared_ptr<const engine::Result>
UnitAnalyses::get(clang::ASTContext &Ctx) {
  {
    std::lock_guard<std::mutex> Lock(Mutex);
    if (auto Known = Alive[&Ctx].lock())
      return Known;
  }
  // Unlocked: other units go on meanwhile, and nobody else asks for this one.
  auto New = std::make_shared<const engine::Result>(analyse(Ctx));
  std::lock_guard<std::mutex> Lock(Mutex);
  std::erase_if(Alive,
                [](const auto &Entry) { return Entry.second.expired(); });
  Alive[&Ctx] = New;
  return New;
}
