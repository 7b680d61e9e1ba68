//===- Expr.cpp - Symbolic values of a skeleton ---------------------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ir/Expr.h"

using namespace heddle;
using namespace heddle::ir;

ExprRef Expr::integer(int64_t V) {
  return std::make_shared<const Expr>(
      Expr{.Kind = ExprKind::Int, .Value = V, .Obj = {}, .Lhs = {}, .Rhs = {}});
}

ExprRef Expr::var(ObjId O) {
  return std::make_shared<const Expr>(
      Expr{.Kind = ExprKind::Var, .Value = 0, .Obj = O, .Lhs = {}, .Rhs = {}});
}

ExprRef Expr::unknown() { return std::make_shared<const Expr>(); }

ExprRef Expr::unary(ExprKind K, ExprRef L) {
  return binary(K, std::move(L), nullptr);
}

ExprRef Expr::binary(ExprKind K, ExprRef L, ExprRef R) {
  return std::make_shared<const Expr>(Expr{.Kind = K,
                                           .Value = 0,
                                           .Obj = {},
                                           .Lhs = std::move(L),
                                           .Rhs = std::move(R)});
}

bool ir::sameShape(const ExprRef &A, const ExprRef &B) {
  if (A == B)
    return true;
  if (!A || !B)
    return false;
  return A->Kind == B->Kind && A->Value == B->Value && A->Obj == B->Obj &&
         sameShape(A->Lhs, B->Lhs) && sameShape(A->Rhs, B->Rhs);
}
