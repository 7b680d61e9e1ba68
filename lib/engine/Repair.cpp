//===- Repair.cpp ---------------------------------------------------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "engine/Repair.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Regex.h"

using namespace heddle;
using namespace heddle::engine;
using llvm::StringRef;

namespace {

/// A function's body, as far as the text alone tells.
class Body {
public:
  /// Reads Text from Name, where the function's name is, to its brace at End.
  Body(StringRef Text, size_t Name, size_t End) : Text(Text) {
    IsPlain = End < Text.size() && Text[End] == '}' && read(Name, End);
  }

  /// A statement of the body itself, not of a block in it, and its last one,
  /// that is Text.slice(From, To) and a semicolon.
  bool endsWith(size_t From, size_t To) const {
    return IsPlain && Start == From && Text[Last] == ';' &&
           Text.slice(To, Last).trim().empty();
  }

  bool IsPlain = false;
  size_t Open = 0; ///< the opening brace
  size_t Last = 0; ///< the last character of the last statement

private:
  bool read(size_t At, size_t End);
  bool skipQuoted(size_t &At, size_t End) const;

  StringRef Text;
  size_t Start = 0; ///< of the last statement
};

/// Moves At behind the literal that begins there.
bool Body::skipQuoted(size_t &At, size_t End) const {
  char Quote = Text[At];
  for (++At; At < End && Text[At] != Quote && Text[At] != '\n'; ++At)
    if (Text[At] == '\\')
      ++At;
  return At < End && Text[At] == Quote;
}

bool Body::read(size_t At, size_t End) {
  std::string Opened;
  bool StartsStatement = false;
  for (; At < End; ++At) {
    char C = Text[At];
    StringRef Rest = Text.slice(At, End);
    if (llvm::isSpace(C))
      continue;
    if (Rest.starts_with("//")) {
      At = Text.find('\n', At);
      continue;
    }
    if (Rest.starts_with("/*")) {
      size_t Close = Text.find("*/", At + 2);
      if (Close == StringRef::npos)
        return false;
      At = Close + 1;
      continue;
    }
    bool IsInBody = Opened == "{";
    if (StartsStatement && IsInBody)
      Start = At;
    StartsStatement = false;
    Last = At;
    switch (C) {
    case '#': // The text may not be what is compiled.
      return false;
    case '"':
      if (At != 0 && Text[At - 1] == 'R')
        return false;
      [[fallthrough]];
    case '\'':
      // 1'000 is one number.
      if (C == '\'' && At != 0 && llvm::isAlnum(Text[At - 1]))
        break;
      if (!skipQuoted(At, End))
        return false;
      break;
    case '{':
      if (Opened.empty() && Open == 0) {
        Open = At;
        StartsStatement = true;
      }
      Opened += C;
      break;
    case '(':
    case '[':
      Opened += C;
      break;
    case '}':
    case ')':
    case ']':
      if (Opened.empty() || (Opened.size() == 1 && Open != 0))
        return false;
      Opened.pop_back();
      StartsStatement = C == '}' && Opened == "{";
      break;
    case ';':
      StartsStatement = IsInBody;
      break;
    default:
      break;
    }
  }
  return Open != 0 && Opened == "{";
}

/// Text edits are told in lines and columns.
class Places {
public:
  Places(StringRef Text, FileId File) : Text(Text), File(File) {}
  SourceSpan span(size_t From, size_t To) const {
    auto [Line, Column] = at(From);
    auto [EndLine, EndColumn] = at(To);
    return {File, Line, Column, EndLine, EndColumn};
  }

private:
  std::pair<uint32_t, uint32_t> at(size_t Offset) const {
    StringRef Before = Text.take_front(Offset);
    size_t Start = Before.rfind('\n') + 1; // npos + 1 is 0.
    return {uint32_t(Before.count('\n') + 1), uint32_t(Offset - Start + 1)};
  }
  StringRef Text;
  FileId File;
};

} // namespace

/// Something in Code looks like a declaration of Name. Much that is none does.
static bool mayDeclare(StringRef Code, StringRef Name) {
  return llvm::Regex(
             ("[A-Za-z0-9_>&*,[][ \t\r\n]*" + Name + "[ \t\r\n]*[]={(;,]")
                 .str())
      .match(Code);
}

std::vector<rules::FixIt> engine::fixesOf(const rules::Deferral &D,
                                          const std::vector<std::string> &Files,
                                          report::SourceText &Source) {
  const std::string &Path = Files[D.Call.File.index()];
  StringRef Text = Source.file(Path);
  static const llvm::Regex Includes(
      "(^|\n)[ \t]*#[ \t]*include[ \t]*[<\"]heddle/(heddle|defer)\\.h[>\"]");
  if (D.Function.File != D.Call.File || D.End.File != D.Call.File ||
      D.Call.EndLine == 0 || !Includes.match(Text))
    return {};
  size_t From = Source.offset(Path, D.Call.Line, D.Call.Column);
  size_t To = Source.offset(Path, D.Call.EndLine, D.Call.EndColumn);
  Body B(Text, Source.offset(Path, D.Function.Line, D.Function.Column),
         Source.offset(Path, D.End.Line, D.End.Column));
  StringRef Call = Text.slice(From, To);
  static const llvm::Regex Name("^[A-Za-z_][A-Za-z0-9_]*((\\.|->|::)[A-Za-z_]"
                                "[A-Za-z0-9_]*)*\\(\\)$");
  if (!B.endsWith(From, To) || !Name.match(Call))
    return {};
  StringRef Root =
      Call.take_while([](char C) { return llvm::isAlnum(C) || C == '_'; });
  if (Root != "this" &&
      (Root != D.Name || mayDeclare(Text.slice(B.Open, From), Root)))
    return {};

  Places At(Text, D.Call.File);
  auto IsBlank = [](char C) { return C == ' ' || C == '\t'; };
  // The call goes with the blanks before it; with its line when it is alone.
  size_t Start = From, End = B.Last + 1;
  while (Start > 0 && IsBlank(Text[Start - 1]))
    --Start;
  bool OwnsLine = Text[Start - 1] == '\n' && End < Text.size() &&
                  (Text[End] == '\n' || Text[End] == '\r');
  if (OwnsLine) {
    --Start;
    Start -= Start > 0 && Text[Start - 1] == '\r';
  } else if (Text[Start - 1] == '\n') {
    Start = From;
  }
  // As the first statement, on a line of its own when that has one.
  size_t First = Text.find_first_not_of(" \t\r\n", B.Open + 1);
  size_t LineStart = Text.rfind('\n', First) + 1;
  StringRef Indent = Text.slice(LineStart, First);
  bool HasLine = LineStart > B.Open && Indent.trim(" \t").empty();
  std::string Deferred = ("HEDDLE_DEFER(" + Call + ");").str();
  Deferred = HasLine ? ("\n" + Indent + Deferred).str() : " " + Deferred;
  return {{At.span(B.Open + 1, B.Open + 1), Deferred},
          {At.span(Start, End), ""}};
}
