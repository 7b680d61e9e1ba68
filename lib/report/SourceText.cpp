//===- SourceText.cpp - The text of the files that findings name ---------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "report/SourceText.h"
#include "llvm/Support/MemoryBuffer.h"

using namespace heddle::report;

void SourceText::indexLines(File &F) {
  F.Lines = {0};
  for (size_t I = 0; I < F.Text.size(); ++I)
    if (F.Text[I] == '\n')
      F.Lines.push_back(I + 1);
}

void SourceText::provide(llvm::StringRef Path, std::string Text) {
  File &F = Files[Path];
  F.Text = std::move(Text);
  indexLines(F);
}

const SourceText::File &SourceText::get(llvm::StringRef Path) {
  auto [It, New] = Files.try_emplace(Path);
  if (New) {
    if (auto Buffer = llvm::MemoryBuffer::getFile(Path))
      It->second.Text = (*Buffer)->getBuffer().str();
    indexLines(It->second);
  }
  return It->second;
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
  return std::min(F.Text.size(),
                  F.Lines[Line - 1] + (Column ? Column - 1 : 0));
}
