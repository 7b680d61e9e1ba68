//===- OperandReader.cpp - Operands of the text form ----------------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ir/OperandReader.h"
#include "ir/TextNames.h"
#include "llvm/ADT/StringExtras.h"

using namespace heddle;
using namespace heddle::ir;
using namespace heddle::ir::text;
using llvm::StringRef;

//===--- Names ------------------------------------------------------------===//

bool OperandReader::obj(ObjId &O) {
  Position Start = In.here();
  if (In.acceptWord("none")) {
    O = ObjId();
    return true;
  }
  StringRef Symbol;
  if (!In.symbol('%', Symbol))
    return false;
  // A circle of parents ends after as many steps as there are functions.
  FuncId Scope = Here;
  for (size_t Steps = 0; Scope && Steps <= U.Functions.size(); ++Steps) {
    const auto &Known = Names.Locals[Scope.index()];
    if (auto It = Known.find(Symbol); It != Known.end()) {
      O = It->second;
      return true;
    }
    Scope = U.function(Scope).Parent;
  }
  auto It = Names.Unit.find(Symbol);
  if (It == Names.Unit.end())
    return In.fail(Start, "'%" + Symbol + "' is not declared");
  O = It->second;
  return true;
}

bool OperandReader::func(FuncId &F) {
  Position Start = In.here();
  StringRef Symbol;
  if (!In.symbol('@', Symbol))
    return false;
  auto It = Names.Functions.find(Symbol);
  if (It == Names.Functions.end())
    return In.fail(Start, "'@" + Symbol + "' is not declared");
  F = It->second;
  return true;
}

bool OperandReader::block(BlockId &B) {
  Position Start = In.here();
  StringRef Label;
  if (!In.label(Label))
    return false;
  const auto &Blocks = Names.Labels[Here.index()];
  auto It = Blocks.find(Label);
  if (It == Blocks.end())
    return In.fail(Start, "there is no block '" + Label + "'");
  B = It->second;
  return true;
}

bool OperandReader::atSpan() {
  return In.startsWith("!") && In.restOfLine().size() > 1 &&
         llvm::isDigit(In.restOfLine()[1]);
}

bool OperandReader::span(SourceSpan &S, Position Start) {
  if (!atSpan()) {
    if (LocatesItself)
      S = {FileId(0), Start.Line, Start.Column, In.end().Line, In.end().Column};
    return !In.failed();
  }
  In.accept("!");
  uint32_t First = 0;
  S = {};
  S.File = FileId(0);
  if (!In.number(First))
    return false;
  S.Line = First;
  if (In.accept("@")) {
    S.File = FileId(First);
    if (!In.number(S.Line))
      return false;
  }
  if (!In.expect(":") || !In.number(S.Column))
    return false;
  return !In.accept("-") ||
         (In.number(S.EndLine) && In.expect(":") && In.number(S.EndColumn));
}

//===--- Expressions, operands, callables ---------------------------------===//

bool OperandReader::primary(ExprRef &E) {
  if (In.accept("(")) {
    In.enterBrackets();
    bool Good = expr(E);
    In.leaveBrackets();
    return Good && In.expect(")");
  }
  if (In.accept("?")) {
    E = Expr::unknown();
    return true;
  }
  if (In.accept("!")) {
    if (!primary(E))
      return false;
    E = Expr::unary(ExprKind::Not, E);
    return true;
  }
  if (In.startsWith("%")) {
    ObjId O;
    if (!obj(O))
      return false;
    E = Expr::var(O);
    return true;
  }
  int64_t Value = 0;
  if (!In.integer(Value))
    return false;
  E = Expr::integer(Value);
  return true;
}

bool OperandReader::expr(ExprRef &E, unsigned Level) {
  if (Level == OperatorLevels)
    return primary(E);
  if (!expr(E, Level + 1))
    return false;
  for (bool Again = true; Again;) {
    Again = false;
    for (const BinaryOperator &B : BinaryOperators) {
      if (B.Level != Level || In.startsWith("->") || !In.accept(B.Word))
        continue;
      ExprRef Right;
      if (!expr(Right, Level + 1))
        return false;
      E = Expr::binary(B.Kind, E, Right);
      Again = true;
      break;
    }
  }
  return true;
}

bool OperandReader::operand(Operand &O) {
  if (In.accept("_")) {
    O = Operand::none();
    return true;
  }
  if (In.startsWith("@") || In.startsWith("{") || In.startsWith("*")) {
    Callable C;
    if (!callable(C))
      return false;
    O = Operand::function(std::move(C));
    return true;
  }
  bool MayBePlace = In.startsWith("%");
  ExprRef E;
  if (!expr(E))
    return false;
  O = MayBePlace && E->Kind == ExprKind::Var ? Operand::place(E->Obj)
                                             : Operand::value(E);
  return true;
}

bool OperandReader::operands(std::vector<Operand> &List, StringRef End) {
  if (!End.empty() && In.accept(End))
    return true;
  do {
    if (!operand(List.emplace_back()))
      return false;
  } while (In.accept(","));
  return End.empty() || In.expect(End);
}

bool OperandReader::callable(Callable &C) {
  if (In.accept("{")) {
    while (!In.startsWith("}")) {
      if (!func(C.Targets.emplace_back()))
        return false;
      if (!In.accept("|"))
        break;
    }
    if (!In.expect("}"))
      return false;
  } else if (In.startsWith("@")) {
    if (!func(C.Targets.emplace_back()))
      return false;
  }
  if (In.accept("*") && !obj(C.Place))
    return false;
  C.Open = In.accept("?");
  if (In.accept("[")) {
    if (In.acceptWord("virtual")) {
      if (!func(C.Virtual))
        return false;
      if (!In.accept(",")) {
        if (!In.expect("]"))
          return false;
        return calledName(C);
      }
    }
    bool HasThis = In.acceptWord("this");
    if (HasThis && !obj(C.This))
      return false;
    if (HasThis && !In.accept(",")) {
      if (!In.expect("]"))
        return false;
    } else if (!operands(C.Bound, "]")) {
      return false;
    }
  }
  return calledName(C);
}

bool OperandReader::calledName(Callable &C) {
  if (In.startsWith("\""))
    return In.quoted(C.Name);
  // Headers are read before bodies, so the names are known.
  C.Name = defaultName(U, C);
  return true;
}
