//===- DeclarationPrinter.h - Declarations as text -----------*- C++ -*-===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Role: what the text forms of skeletons and summaries share, the counterpart
// of DeclarationReader and OperandReader: it gives every object and function a
// symbol, and prints declarations, operands and spans with them.
//
//===----------------------------------------------------------------------===//
#ifndef HEDDLE_IR_DECLARATIONPRINTER_H
#define HEDDLE_IR_DECLARATIONPRINTER_H

#include "ir/Skeleton.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/raw_ostream.h"

namespace heddle::ir::text {

class DeclarationPrinter {
protected:
  /// Requires: U outlives this and stays as it is.
  explicit DeclarationPrinter(const Unit &U);

  void quoted(llvm::StringRef S);
  /// With a blank in front; nothing when S is not valid.
  void span(const SourceSpan &S);
  void obj(ObjId O);
  void func(FuncId F) { OS << '@' << FunctionSymbols[F.index()]; }
  void expr(const ExprRef &E);
  void callable(const Callable &C);
  void operand(const Operand &O);
  void operands(llvm::ArrayRef<Operand> List);
  /// The `unit` and `file` lines and all objects.
  void objects();
  /// What follows `func` or `declare`.
  void header(FuncId Id);

  std::string take() { return std::move(Text); }

  const Unit &U;

private:
  void nameObjects();
  std::string unique(const std::string &Stem, llvm::StringMap<unsigned> &Taken);
  void object(ObjId Id);

  std::string Text;

protected:
  llvm::raw_string_ostream OS;

private:
  std::vector<std::string> ObjectSymbols, FunctionSymbols;
  llvm::StringMap<unsigned> ObjectsTaken, FunctionsTaken;
};

} // namespace heddle::ir::text

#endif // HEDDLE_IR_DECLARATIONPRINTER_H
