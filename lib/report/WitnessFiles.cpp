//===- WitnessFiles.cpp - A picture for every interleaving ----------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "report/WitnessFiles.h"
#include "report/SequenceChart.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

using namespace heddle;
using namespace heddle::report;
namespace fs = llvm::sys::fs;
namespace path = llvm::sys::path;

WitnessFiles::WitnessFiles(std::string Folder, SourceText &Text)
    : Folder(std::move(Folder)), Text(Text) {
  if (std::error_code EC = fs::create_directories(this->Folder))
    Failure = "cannot make the folder '" + this->Folder + "': " + EC.message();
  else if (!fs::is_directory(this->Folder))
    Failure = "'" + this->Folder + "' is no folder";
}

/// Writes beside Path and renames, so that nobody meets half a file.
static llvm::Error writeFile(llvm::StringRef Path, llvm::StringRef Content) {
  llvm::Expected<fs::TempFile> Temp = fs::TempFile::create(Path + ".%%%%%%");
  if (!Temp)
    return Temp.takeError();
  llvm::raw_fd_ostream OS(Temp->FD, /*shouldClose=*/false);
  OS << Content;
  OS.flush();
  if (!OS.has_error())
    return Temp->keep(Path);
  std::error_code EC = OS.error();
  OS.clear_error(); // said by us
  llvm::consumeError(Temp->discard());
  return llvm::errorCodeToError(EC);
}

/// FILE-LINE-RULE
static std::string stemFor(const rules::Finding &F,
                           const std::vector<std::string> &Files) {
  if (!F.Loc.isValid())
    return "unknown-" + F.Rule;
  return path::filename(Files[F.Loc.File.index()]).str() + "-" +
         std::to_string(F.Loc.Line) + "-" + F.Rule;
}

void WitnessFiles::finding(const rules::Finding &F,
                           const std::vector<std::string> &Files) {
  if (!F.Shown || F.Shown->Steps.empty() || !Failure.empty())
    return;
  std::string Name = stemFor(F, Files);
  unsigned N = ++Taken[Name];
  if (N > 1)
    Name += "-" + std::to_string(N);
  llvm::SmallString<256> Path(Folder);
  path::append(Path, Name + ".svg");
  if (llvm::Error Wrong = writeFile(Path, sequenceChart(F, Files, Text)))
    Failure = "cannot write '" + std::string(Path) +
              "': " + llvm::toString(std::move(Wrong));
}

llvm::Error WitnessFiles::takeError() {
  if (Failure.empty())
    return llvm::Error::success();
  return llvm::createStringError(llvm::inconvertibleErrorCode(), Failure);
}
