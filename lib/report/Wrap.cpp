//===- Wrap.cpp - Texts in lines of a bounded width -----------------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "report/SequenceChart.h"
#include "llvm/Support/ConvertUTF.h"
#include "llvm/Support/Unicode.h"

using namespace heddle;
using llvm::StringRef;

namespace {

struct Letter {
  std::string Bytes;
  unsigned Width = 1;
};

/// What can be shown: control characters are blanks, other bytes '?'.
std::vector<Letter> lettersOf(StringRef Text) {
  std::vector<Letter> Out;
  while (!Text.empty()) {
    auto Lead = static_cast<unsigned char>(Text[0]);
    size_t N = std::min<size_t>(Text.size(), llvm::getNumBytesForUTF8(Lead));
    StringRef C = Text.take_front(N);
    int Width = llvm::sys::unicode::columnWidthUTF8(C);
    if (Lead < ' ')
      Out.push_back({" ", 1});
    else if (Width < 0 && N == 1)
      Out.push_back({"?", 1});
    else if (Width < 0) {
      // Not a character: its first byte alone is taken for bad.
      Out.push_back({"?", 1});
      N = 1;
    } else
      Out.push_back({C.str(), unsigned(Width)});
    Text = Text.drop_front(N);
  }
  return Out;
}

} // namespace

std::vector<std::string> report::wrap(StringRef Text, unsigned Columns) {
  std::vector<Letter> Letters = lettersOf(Text.trim());
  std::vector<std::string> Lines;
  size_t At = 0;
  while (At < Letters.size()) {
    size_t End = At, Blank = At;
    unsigned Width = 0;
    while (End < Letters.size() && Width + Letters[End].Width <= Columns) {
      if (Letters[End].Bytes == " ")
        Blank = End;
      Width += Letters[End++].Width;
    }
    if (End == At)
      ++End; // wider than a line
    if (End < Letters.size() && Letters[End].Bytes != " " && Blank > At)
      End = Blank;
    std::string &Line = Lines.emplace_back();
    for (; At < End; ++At)
      Line += Letters[At].Bytes;
    while (At < Letters.size() && Letters[At].Bytes == " ")
      ++At;
    Line.resize(StringRef(Line).rtrim().size());
  }
  return Lines;
}
