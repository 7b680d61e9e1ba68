//===- Nolint.cpp - Findings silenced in the source ---------------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "engine/Nolint.h"
#include "llvm/ADT/StringExtras.h"
#include <optional>

using namespace heddle::engine;
using llvm::StringRef;

namespace {

struct Directive {
  StringRef Word;
  size_t Offset;
  unsigned Line;
  std::optional<StringRef> List;

  Checks checks() const { return Checks(List.value_or("*")); }
  /// The list as blocks compare it: blanks around its commas do not count.
  std::optional<std::string> normalisedList() const {
    if (!List)
      return std::nullopt;
    std::string Text;
    StringRef Rest = *List;
    for (;;) {
      auto [Entry, Tail] = Rest.split(',');
      Text += Entry.trim();
      if (!Rest.contains(','))
        return Text;
      Text += ',';
      Rest = Tail;
    }
  }
};

std::vector<Directive> directivesIn(StringRef Text) {
  constexpr StringRef Start = "NOLINT";
  std::vector<Directive> Found;
  unsigned Line = 1;
  size_t Counted = 0;
  for (size_t At = Text.find(Start); At != StringRef::npos;) {
    Directive D;
    D.Offset = At;
    D.Word = Text.substr(At).take_while(llvm::isAlpha);
    Line += Text.slice(Counted, At).count('\n');
    Counted = At;
    D.Line = Line;
    At += D.Word.size();
    if (Text.substr(At).starts_with("(")) {
      size_t Close = Text.find_first_of("\n)", At);
      if (Close != StringRef::npos && Text[Close] == ')') {
        D.List = Text.slice(At + 1, Close);
        At = Close + 1;
      }
    }
    if (D.Word == "NOLINT" || D.Word == "NOLINTNEXTLINE" ||
        D.Word == "NOLINTBEGIN" || D.Word == "NOLINTEND")
      Found.push_back(D);
    At = Text.find(Start, At);
  }
  return Found;
}

} // namespace

NolintFile::NolintFile(StringRef Text) {
  std::vector<Directive> Open;
  for (const Directive &D : directivesIn(Text)) {
    if (D.Word == "NOLINT") {
      Lines.push_back({D.Line, D.checks()});
    } else if (D.Word == "NOLINTNEXTLINE") {
      Lines.push_back({D.Line + 1, D.checks()});
    } else if (D.Word == "NOLINTBEGIN") {
      Open.push_back(D);
    } else if (!Open.empty() &&
               Open.back().normalisedList() == D.normalisedList()) {
      Blocks.push_back({Open.back().Offset, D.Offset, D.checks()});
      Open.pop_back();
    } else {
      Lonely.push_back({D.Offset, /*IsBegin=*/false});
    }
  }
  for (const Directive &D : Open)
    Lonely.push_back({D.Offset, /*IsBegin=*/true});
}

bool NolintFile::silences(StringRef Check, size_t Offset, unsigned Line) const {
  for (const OnLine &L : Lines)
    if (L.Line == Line && L.On.contains(Check))
      return true;
  for (const Block &B : Blocks)
    if (B.Begin <= Offset && Offset <= B.End && B.On.contains(Check))
      return true;
  return false;
}
