//===- Expr.h - Symbolic values of a skeleton -----------------*- C++ -*-===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Role: what is kept of the program's arithmetic: enough to correlate branches
// and to count loops. Truth is 0 or not 0. Anything else is Unknown, each
// occurrence a value of its own. Expressions are immutable and shared; a null
// ExprRef means "no expression", not Unknown.
//
//===----------------------------------------------------------------------===//
#ifndef HEDDLE_IR_EXPR_H
#define HEDDLE_IR_EXPR_H

#include "support/Ids.h"
#include <memory>

namespace heddle::ir {

// clang-format off
enum class ExprKind : uint8_t {
  Int,     ///< Value
  Var,     ///< the value of place Obj
  Unknown,
  Not,     ///< !Lhs
  And, Or, ///< no short circuit: operands have no effects
  Eq, Ne, Lt, Le, Gt, Ge,
  Plus, Minus, Times,
  Rem,     ///< Lhs modulo Rhs, with the sign of Lhs
  Quot,    ///< Lhs / Rhs, rounded towards zero; nothing known below zero, where
           ///< a number without sign would have wrapped
  Min, Max, ///< the lower, the higher of the two
  BitAnd, BitOr, BitXor,
  Shl, Shr, ///< Lhs shifted by Rhs bits; nothing known below zero
};
// clang-format on

struct Expr;
using ExprRef = std::shared_ptr<const Expr>;

struct Expr {
  ExprKind Kind = ExprKind::Unknown;
  int64_t Value = 0;
  ObjId Obj;
  ExprRef Lhs, Rhs;

  static ExprRef integer(int64_t V);
  static ExprRef var(ObjId O);
  static ExprRef unknown();
  static ExprRef unary(ExprKind K, ExprRef L);
  static ExprRef binary(ExprKind K, ExprRef L, ExprRef R);
};

/// Structural equality; two Unknowns are equal only as text, see Expr.h's head.
bool sameShape(const ExprRef &A, const ExprRef &B);

} // namespace heddle::ir

#endif // HEDDLE_IR_EXPR_H
