//===- DeclarationReader.h - Objects and headers of the text --*- C++ -*-===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Role: the parser's first two passes. `declare` gives objects, functions and
// blocks their ids in the order of lines; `headers` reads objects and function
// headers. A name that a function's body declares is seen in that function and
// in the lambdas whose `parent` it is.
//
//===----------------------------------------------------------------------===//
#ifndef HEDDLE_IR_DECLARATIONREADER_H
#define HEDDLE_IR_DECLARATIONREADER_H

#include "ir/OperandReader.h"
#include <optional>

namespace heddle::ir::text {

/// The index of Word in one of TextNames.h's tables.
template <class Table>
std::optional<size_t> indexOf(const Table &Words, llvm::StringRef Word) {
  for (size_t I = 0; I < std::size(Words); ++I)
    if (Words[I] == Word)
      return I;
  return std::nullopt;
}

class DeclarationReader : protected OperandReader {
protected:
  using OperandReader::OperandReader;

  /// The declarations end before a line that starts with this word; empty:
  /// with the text.
  llvm::StringRef Rest;
  /// Requires: In at the start of the declarations, for both.
  bool declare();
  bool headers();
  /// What follows the word `skeleton`.
  bool version();

  std::vector<Position> ObjectPositions;   ///< by ObjId
  std::vector<Position> FunctionPositions; ///< by FuncId

private:
  bool atRest() { return !Rest.empty() && In.peekWord() == Rest; }
  bool declareObject(FuncId Scope);
  bool declareFunction();
  bool declareBlocks(FuncId F);
  bool objectRow();
  bool objectWords(Object &O);
  bool functionRow(bool HasBody);
  bool header(Function &F);
  bool parameters(Function &F);
};

} // namespace heddle::ir::text

#endif // HEDDLE_IR_DECLARATIONREADER_H
