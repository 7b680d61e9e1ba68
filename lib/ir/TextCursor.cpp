//===- TextCursor.cpp - A position in a skeleton's text -------------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ir/TextCursor.h"
#include "ir/TextNames.h"
#include "llvm/ADT/StringExtras.h"

using namespace heddle::ir::text;
using llvm::StringRef;

void Cursor::skipBlanks() {
  for (StringRef R = rest(); !R.empty(); R = rest()) {
    if (R[0] == ';') {
      size_t N = R.find('\n');
      advance(N == StringRef::npos ? R.size() : N);
    } else if (R[0] == ' ' || R[0] == '\t' || R[0] == '\r' ||
               (R[0] == '\n' && Depth > 0)) {
      advance(1);
    } else {
      return;
    }
  }
}

void Cursor::advance(size_t N) {
  for (char C : rest().take_front(N)) {
    ++At.Offset;
    ++At.Column;
    if (C == '\n') {
      ++At.Line;
      At.Column = 1;
    }
  }
}

Position Cursor::here() {
  skipBlanks();
  return At;
}

bool Cursor::atLineEnd() {
  skipBlanks();
  return rest().empty() || rest()[0] == '\n';
}

bool Cursor::atTextEnd() {
  skipBlanks();
  return rest().empty();
}

void Cursor::skipLine() {
  size_t N = rest().find('\n');
  advance(N == StringRef::npos ? rest().size() : N + 1);
}

StringRef Cursor::restOfLine() {
  skipBlanks();
  return rest().split('\n').first;
}

bool Cursor::startsWith(StringRef Token) {
  skipBlanks();
  return rest().starts_with(Token);
}

bool Cursor::startsText(StringRef Word) {
  while (atLineEnd() && !atTextEnd())
    skipLine();
  return peekWord() == Word;
}

bool Cursor::accept(StringRef Token) {
  if (failed() || !startsWith(Token))
    return false;
  advance(Token.size());
  LastEnd = At;
  return true;
}

bool Cursor::expect(StringRef Token) {
  return accept(Token) || fail("expected '" + Token + "' before " + next());
}

StringRef Cursor::peekWord() {
  skipBlanks();
  StringRef R = rest();
  if (R.empty() || !llvm::isAlpha(R[0]))
    return "";
  size_t N = 0;
  while (N < R.size() &&
         (llvm::isAlnum(R[N]) || R[N] == '_' ||
          (R[N] == '-' && N + 1 < R.size() && llvm::isAlpha(R[N + 1]))))
    ++N;
  return R.take_front(N);
}

bool Cursor::acceptWord(StringRef Word) {
  return !failed() && peekWord() == Word && accept(Word);
}

bool Cursor::symbol(char Sigil, StringRef &Symbol) {
  StringRef Kind = Sigil == '%' ? "an object" : "a function";
  if (!accept(StringRef(&Sigil, 1)))
    return fail("expected " + Kind + " ('" + llvm::Twine(Sigil) +
                "...') before " + next());
  Symbol = rest().take_front(symbolLength(rest()));
  if (Symbol.empty())
    return fail("expected a name after '" + llvm::Twine(Sigil) + "'");
  advance(Symbol.size());
  LastEnd = At;
  return true;
}

bool Cursor::label(StringRef &Label) {
  skipBlanks();
  size_t N = 0;
  StringRef R = rest();
  while (N < R.size() && (llvm::isAlnum(R[N]) || R[N] == '_' || R[N] == '.'))
    ++N;
  if (failed() || N == 0)
    return fail("expected a block's label before " + next());
  Label = R.take_front(N);
  advance(N);
  LastEnd = At;
  return true;
}

bool Cursor::integer(int64_t &Value) {
  skipBlanks();
  StringRef R = rest();
  size_t N = R.starts_with("-") ? 1 : 0;
  while (N < R.size() && llvm::isDigit(R[N]))
    ++N;
  if (failed() || R.take_front(N).getAsInteger(10, Value))
    return fail("expected a 64-bit number before " + next());
  advance(N);
  LastEnd = At;
  return true;
}

bool Cursor::number(uint32_t &Value) {
  Position Start = here();
  int64_t Wide = 0;
  if (!integer(Wide))
    return false;
  if (Wide < 0 || Wide > int64_t(UINT32_MAX))
    return fail(Start, "number out of range");
  Value = uint32_t(Wide);
  return true;
}

bool Cursor::quoted(std::string &Value) {
  Position Start = here();
  if (!accept("\""))
    return fail("expected a quoted string before " + next());
  Value.clear();
  for (StringRef R = rest();; R = rest()) {
    if (R.empty() || R[0] == '\n')
      return fail(Start, "the string is not closed");
    if (R[0] == '"')
      return accept("\"");
    if (R[0] != '\\') {
      Value += R[0];
      advance(1);
      continue;
    }
    if (R.size() < 3 || !llvm::isHexDigit(R[1]) || !llvm::isHexDigit(R[2]))
      return fail(At, "expected two hexadecimal digits after '\\'");
    Value += char(llvm::hexFromNibbles(R[1], R[2]));
    advance(3);
  }
}

bool Cursor::endLine() {
  if (failed())
    return false;
  if (!atLineEnd())
    return fail("unexpected " + next());
  skipLine();
  return true;
}

std::string Cursor::next() {
  skipBlanks();
  if (rest().empty())
    return "the end of the text";
  if (rest()[0] == '\n')
    return "the end of the line";
  StringRef Word = peekWord();
  return ("'" + (Word.empty() ? rest().take_front(1) : Word) + "'").str();
}

bool Cursor::fail(Position P, const llvm::Twine &What) {
  if (!failed()) {
    Message = What.str();
    Where = P;
  }
  return false;
}
