//===- TextCursor.h - A position in a skeleton's text ---------*- C++ -*-===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Role: the characters of the text form: blanks, comments, words, numbers,
// quoted strings and symbols, with line and column. The first failure is kept
// and every reader returns false from then on; what it was to fill is then
// unspecified.
//
//===----------------------------------------------------------------------===//
#ifndef HEDDLE_IR_TEXTCURSOR_H
#define HEDDLE_IR_TEXTCURSOR_H

#include "llvm/ADT/StringRef.h"
#include "llvm/ADT/Twine.h"
#include <cstdint>
#include <string>

namespace heddle::ir::text {

struct Position {
  size_t Offset = 0;
  uint32_t Line = 1, Column = 1;
};

class Cursor {
public:
  explicit Cursor(llvm::StringRef Text) : Text(Text) {}

  /// Where the next token starts, blanks and comments skipped.
  Position here();
  /// One past the last token that was read.
  Position end() const { return LastEnd; }
  void moveTo(Position P) { At = LastEnd = P; }
  /// Line ends are blanks while Depth > 0.
  void enterBrackets() { ++Depth; }
  void leaveBrackets() { --Depth; }

  bool atLineEnd();
  bool atTextEnd();
  /// Leaves the line behind, whatever is on it.
  void skipLine();
  /// The rest of the line from the next token on, comments included.
  llvm::StringRef restOfLine();

  /// Reads Token when it comes next.
  bool accept(llvm::StringRef Token);
  bool startsWith(llvm::StringRef Token);
  /// The first line that is not blank starts with Word.
  bool startsText(llvm::StringRef Word);
  /// There is nothing but blanks and comments.
  bool isBlank() {
    startsText("");
    return atTextEnd();
  }
  bool expect(llvm::StringRef Token);
  /// The lower-case word (with '-' inside) that comes next; empty when none.
  llvm::StringRef peekWord();
  bool acceptWord(llvm::StringRef Word);
  /// Sigil ('%' or '@') and symbol; Symbol gets the latter.
  bool symbol(char Sigil, llvm::StringRef &Symbol);
  bool label(llvm::StringRef &Label);
  bool integer(int64_t &Value);
  bool number(uint32_t &Value);
  bool quoted(std::string &Value);
  bool endLine();

  bool fail(Position Where, const llvm::Twine &What);
  bool fail(const llvm::Twine &What) { return fail(here(), What); }
  bool failed() const { return !Message.empty(); }
  const std::string &message() const { return Message; }
  Position failure() const { return Where; }

private:
  void skipBlanks();
  void advance(size_t N);
  llvm::StringRef rest() const { return Text.substr(At.Offset); }
  /// What comes next, for messages.
  std::string next();

  llvm::StringRef Text;
  Position At, LastEnd, Where;
  unsigned Depth = 0;
  std::string Message;
};

} // namespace heddle::ir::text

#endif // HEDDLE_IR_TEXTCURSOR_H
