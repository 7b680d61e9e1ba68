//===- RuleDocs.cpp - A rule explained -----------------------------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "report/RuleDocs.h"
#include "llvm/Support/raw_ostream.h"

using namespace heddle;

std::string report::rulePage(const rules::Rule &R) {
  std::string Page;
  llvm::raw_string_ostream OS(Page);
  auto Section = [&](llvm::StringRef Title, llvm::StringRef Text) {
    if (!Text.trim().empty())
      OS << "\n## " << Title << "\n\n" << Text.trim() << '\n';
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
             ")` on the line, `// NOLINTNEXTLINE(" + Id +
             ")` above it, or `// NOLINTBEGIN(" + Id +
             ")` and `// NOLINTEND(" + Id + ")` around it.";
  Section("How to silence", Silence);
  Section("What it cannot see", R.Limits);
  return Page;
}
