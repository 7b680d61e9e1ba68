//===- LowerTest.cpp - Comparisons by operators of libraries --------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What `==` and `!=` of a library's classes tell, without their bodies: of
// strings, of handles and optionals with nothing, and of an iterator with the
// end of a map.
//
//===----------------------------------------------------------------------===//

#include "extract/Lowering.h"
#include "extract/Names.h"

using namespace clang;

namespace heddle::extract {

using ir::ExprKind;
using ir::ExprRef;

/// Whether there is what One stands for: what a look-up found, what a handle
/// refers to.
ExprRef Lowering::isThere(ObjId One) {
  return ir::Expr::binary(ExprKind::Gt, ir::Expr::var(One),
                          ir::Expr::integer(0));
}

ExprRef Lowering::isMissing(ObjId One) {
  return ir::Expr::binary(ExprKind::Le, ir::Expr::var(One),
                          ir::Expr::integer(0));
}

/// nullptr or std::nullopt.
bool Lowering::isNothing(const Expr *E) {
  E = bare(E);
  if (!E)
    return false;
  const auto *R = E->getType().getNonReferenceType()->getAsCXXRecordDecl();
  return isa<CXXNullPtrLiteralExpr>(E) || E->getType()->isNullPtrType() ||
         (R && R->isInStdNamespace() && R->getName() == "nullopt_t");
}

bool Lowering::isText(const Expr *E) const {
  const models::TypeRow *Row = B.facts(E->getType().getNonReferenceType()).Row;
  return (Row && Row->IsText) || isa_and_nonnull<clang::StringLiteral>(bare(E));
}

/// `m.end()` of a map or set.
bool Lowering::isEndOfKeyed(const Expr *E) const {
  const auto *Call = dyn_cast_or_null<CXXMemberCallExpr>(bare(E));
  const CXXMethodDecl *M = Call ? Call->getMethodDecl() : nullptr;
  if (!M || (unqualifiedName(M) != "end" && unqualifiedName(M) != "cend"))
    return false;
  const models::TypeRow *Row =
      B.facts(Call->getImplicitObjectArgument()->getType()).Row;
  return Row && Row->IsKeyed;
}

/// Whether A and C are equal; null when that cannot be told.
ExprRef Lowering::equality(const Expr *A, const Expr *C) {
  if (isText(A) && isText(C))
    return ir::Expr::binary(ExprKind::Eq, value(A), value(C));
  if (isNothing(A) || isEndOfKeyed(A))
    std::swap(A, C);
  const bool IsNone = isNothing(C);
  if (!IsNone && !isEndOfKeyed(C))
    return nullptr;
  ObjId O = place(A);
  if (!O)
    return nullptr;
  if (IsNone) {
    TypeFacts Facts = B.facts(A->getType().getNonReferenceType());
    return Facts.IsValue || Facts.Class == ir::TypeClass::Callable
               ? isMissing(O)
               : nullptr;
  }
  const ir::Object &It = B.Unit.object(O);
  return It.Type != ir::TypeClass::Value && It.IsAlias ? isMissing(O) : nullptr;
}

bool Lowering::lowerEquality(const CallSite &S) {
  OverloadedOperatorKind Op = S.Callee->getOverloadedOperator();
  if (Op != OO_EqualEqual && Op != OO_ExclaimEqual)
    return false;
  ExprRef Equal = equality(S.This ? S.This : S.Args[0], S.Args.back());
  if (!Equal)
    return false;
  Results[S.E] = ir::Operand::value(
      Op == OO_EqualEqual ? Equal : ir::Expr::unary(ExprKind::Not, Equal));
  return true;
}

} // namespace heddle::extract
