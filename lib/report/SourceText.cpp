//===- SourceText.cpp - The text of the files that findings name ---------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "report/SourceText.h"
#include "llvm/Support/MemoryBuffer.h"

using namespace heddle::report;

static std::optional<std::string> readFromDisk(llvm::StringRef Path) {
  auto Buffer = llvm::MemoryBuffer::getFile(Path);
  if (!Buffer)
    return std::nullopt;
  return (*Buffer)->getBuffer().str();
}

const SourceText::File &SourceText::get(llvm::StringRef Path) {
  auto [It, New] = Files.try_emplace(Path);
  File &F = It->second;
  if (New) {
    F.Text = (Read ? Read(Path) : readFromDisk(Path)).value_or("");
    F.Lines = {0};
    for (size_t I = 0; I < F.Text.size(); ++I)
      if (F.Text[I] == '\n')
        F.Lines.push_back(I + 1);
  }
  return F;
}

llvm::StringRef SourceText::file(llvm::StringRef Path) {
  return get(Path).Text;
}

llvm::StringRef SourceText::line(llvm::StringRef Path, unsigned Line) {
  const File &F = get(Path);
  if (Line == 0 || Line > F.Lines.size())
    return "";
  llvm::StringRef Rest = llvm::StringRef(F.Text).substr(F.Lines[Line - 1]);
  return Rest.take_until([](char C) { return C == '\n' || C == '\r'; });
}

size_t SourceText::offset(llvm::StringRef Path, unsigned Line,
                          unsigned Column) {
  const File &F = get(Path);
  if (Line == 0 || Line > F.Lines.size())
    return F.Text.size();
  return std::min(F.Text.size(), F.Lines[Line - 1] + (Column ? Column - 1 : 0));
}
