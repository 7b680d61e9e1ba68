//===- RuleDocs.cpp - A rule explained -----------------------------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "report/RuleDocs.h"
#include "llvm/Support/raw_ostream.h"

using namespace heddle;

/// Text in lines of at most 100 characters; its own line ends stay.
static std::string wrapped(llvm::StringRef Text) {
  constexpr size_t Width = 100;
  std::string Out;
  size_t Column = 0;
  while (!Text.empty()) {
    size_t N = Text.find_first_of(" \n");
    llvm::StringRef Word = Text.take_front(N);
    bool Breaks = Column != 0 && Column + 1 + Word.size() > Width;
    if (Column != 0)
      Out += Breaks ? '\n' : ' ';
    Out += Word;
    Column = (Breaks || Column == 0 ? 0 : Column + 1) + Word.size();
    Text = Text.drop_front(Word.size());
    if (Text.starts_with("\n")) {
      Out += '\n';
      Column = 0;
    }
    Text = Text.drop_front(std::min<size_t>(1, Text.size()));
  }
  return Out;
}

std::string report::rulePage(const rules::Rule &R) {
  std::string Page;
  llvm::raw_string_ostream OS(Page);
  auto Section = [&](llvm::StringRef Title, llvm::StringRef Text) {
    if (!Text.trim().empty())
      OS << "\n## " << Title << "\n\n" << wrapped(Text.trim()) << '\n';
  };
  auto Program = [&](llvm::StringRef Title, llvm::StringRef Text) {
    // Leading blanks are the program's indentation.
    llvm::StringRef Lines = Text.ltrim('\n').rtrim();
    if (!Lines.empty())
      OS << "\n## " << Title << "\n\n```cpp\n" << Lines << "\n```\n";
  };
  OS << "# " << R.Id << "\n\n" << R.Title << '\n';
  Section("Reports if and only if", R.Reports);
  Section("Why", R.Why);
  Program("Bad", R.Bad);
  Program("Good", R.Good);
  std::string Silence = R.Silence.trim().str();
  std::string Id = R.Id.str();
  Silence += (Silence.empty() ? "" : "\n\n") + ("`// NOLINT(" + Id) +
             ")` on the line,\n`// NOLINTNEXTLINE(" + Id +
             ")` above it, or\n`// NOLINTBEGIN(" + Id +
             ")` and `// NOLINTEND(" + Id + ")` around it.";
  Section("How to silence", Silence);
  Section("What it cannot see", R.Limits);
  return Page;
}
