//===- FixItText.cpp ------------------------------------------------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "report/FixItText.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/Twine.h"
#include "llvm/Support/Format.h"

using namespace heddle;
using namespace heddle::report;
using llvm::StringRef;

namespace {
/// Fix-its of one file whose lines touch: they are shown together.
struct Hunk {
  FileId File;
  unsigned First, Last; ///< lines
  std::vector<const rules::FixIt *> Fixes;
};
} // namespace

static unsigned lastLine(const rules::FixIt &F) {
  return F.Span.EndLine ? F.Span.EndLine : F.Span.Line;
}

static std::vector<Hunk> hunksOf(llvm::ArrayRef<rules::FixIt> Fixes) {
  std::vector<const rules::FixIt *> Sorted;
  for (const rules::FixIt &F : Fixes)
    if (F.Span.isValid())
      Sorted.push_back(&F);
  llvm::sort(Sorted, [](const auto *A, const auto *B) {
    return A->Span != B->Span ? A->Span < B->Span : A < B;
  });
  std::vector<Hunk> Hunks;
  for (const rules::FixIt *F : Sorted) {
    if (Hunks.empty() || Hunks.back().File != F->Span.File ||
        Hunks.back().Last < F->Span.Line)
      Hunks.push_back({F->Span.File, F->Span.Line, lastLine(*F), {}});
    Hunks.back().Last = std::max(Hunks.back().Last, lastLine(*F));
    Hunks.back().Fixes.push_back(F);
  }
  return Hunks;
}

static void print(llvm::raw_ostream &Out, const Hunk &H, StringRef Path,
                  SourceText &Text) {
  std::string Old, New;
  for (unsigned L = H.First; L <= H.Last; ++L)
    Old += (L == H.First ? "" : "\n") + Text.line(Path, L).str();
  StringRef File = Text.file(Path);
  size_t At = Text.offset(Path, H.First, 1);
  for (const rules::FixIt *F : H.Fixes) {
    size_t From = Text.offset(Path, F->Span.Line, F->Span.Column);
    size_t To = F->Span.EndLine
                    ? Text.offset(Path, F->Span.EndLine, F->Span.EndColumn)
                    : From;
    New += File.slice(At, From).str() + F->Text;
    At = std::max(At, To);
  }
  New += File.slice(At, Text.offset(Path, H.Last, 1) +
                            Text.line(Path, H.Last).size());

  llvm::SmallVector<StringRef> Before, After;
  StringRef(Old).split(Before, '\n');
  StringRef(New).split(After, '\n');
  size_t Same = 0;
  while (Same < Before.size() && Same < After.size() &&
         Before[Same] == After[Same])
    ++Same;
  auto Line = [&](const llvm::Twine &Number, char Sign, StringRef Code) {
    Out << llvm::right_justify(Number.str(), 5) << ' ' << Sign << ' ' << Code
        << '\n';
  };
  for (size_t I = 0; I < Before.size(); ++I)
    Line(llvm::Twine(H.First + I), I < Same ? '|' : '-', Before[I]);
  for (size_t I = Same; I < After.size(); ++I)
    Line("", '+', After[I]);
}

void report::printFixes(llvm::raw_ostream &Out,
                        llvm::ArrayRef<rules::FixIt> Fixes,
                        const std::vector<std::string> &Files,
                        SourceText &Text) {
  std::vector<Hunk> Hunks = hunksOf(Fixes);
  if (llvm::any_of(Hunks, [&](const Hunk &H) {
        return Text.file(Files[H.File.index()]).empty();
      }))
    return;
  Out << "fix:\n";
  for (const Hunk &H : Hunks) {
    const std::string &Path = Files[H.File.index()];
    print(Out, H, Path, Text);
  }
}
