//===- OperandReader.h - Operands of the text form ------------*- C++ -*-===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Role: the half of the parser below the line: names, spans, expressions,
// operands and callables. SkeletonParse.cpp has the lines. Every reader fills
// its argument and returns true, or leaves a failure in In.
//
//===----------------------------------------------------------------------===//
#ifndef HEDDLE_IR_OPERANDREADER_H
#define HEDDLE_IR_OPERANDREADER_H

#include "ir/Skeleton.h"
#include "ir/TextCursor.h"
#include "llvm/ADT/StringMap.h"

namespace heddle::ir::text {

/// What the declarations of a text bind.
struct Scopes {
  llvm::StringMap<ObjId> Unit;
  llvm::StringMap<FuncId> Functions;
  std::vector<llvm::StringMap<ObjId>> Locals;   ///< by FuncId
  std::vector<llvm::StringMap<BlockId>> Labels; ///< by FuncId
};

class OperandReader {
protected:
  OperandReader(llvm::StringRef Text, bool LocatesItself)
      : In(Text), LocatesItself(LocatesItself) {}

  bool obj(ObjId &O);
  bool func(FuncId &F);
  bool block(BlockId &B);
  bool atSpan();
  /// Reads the span if there is one. Otherwise, when the text locates itself,
  /// S becomes the text from Start to where the cursor stands.
  bool span(SourceSpan &S, Position Start);
  bool expr(ExprRef &E, unsigned Level = 0);
  bool callable(Callable &C);
  bool operand(Operand &O);
  /// A list up to End, which is read too; with no End, to its last comma.
  bool operands(std::vector<Operand> &List, llvm::StringRef End);

  Cursor In;
  /// There is no `unit` line: see SkeletonText.h.
  bool LocatesItself;
  Unit U;
  Scopes Names;
  FuncId Here; ///< whose names are seen; none outside functions

private:
  bool primary(ExprRef &E);
  bool calledName(Callable &C);
};

} // namespace heddle::ir::text

#endif // HEDDLE_IR_OPERANDREADER_H
