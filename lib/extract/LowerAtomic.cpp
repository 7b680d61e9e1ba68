//===- LowerAtomic.cpp - Atomic operations as changes of a number ---------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "extract/Lowering.h"

using namespace clang;

namespace heddle::extract {

/// One op says what becomes of the object and gives what it was; the call's
/// value is made of that. To construct an atomic is no atomic operation.
void Lowering::lowerAtomic(const CallSite &S, const models::CallRow &Row,
                           ObjId Obj) {
  using models::Change;
  SourceSpan Loc = B.span(S.E->getSourceRange());
  ir::ExprRef Is = ir::Expr::var(Obj), By;
  if (Row.Amount.K != models::Role::Kind::None)
    By = roleValue(Row.Amount, S);
  if (Row.Object.K == models::Role::Kind::Result) {
    emit(ir::OpKind::Set, Loc, Obj).Args = {ir::Operand::value(By)};
    return;
  }
  ir::ExprRef Becomes, Gives;
  ObjId Was = B.temp(F, B.Ctx.IntTy, Loc, "was");
  switch (Row.Changes) {
  case Change::Unknown:
    break;
  case Change::Load:
    Becomes = Is;
    break;
  case Change::Store:
    Becomes = Gives = By;
    break;
  case Change::Exchange:
  case Change::CompareExchange:
    Becomes = By;
    break;
  case Change::Add:
  case Change::FetchAdd:
    Becomes = ir::Expr::binary(ir::ExprKind::Plus, Is, By);
    break;
  case Change::Subtract:
  case Change::FetchSubtract:
    Becomes = ir::Expr::binary(ir::ExprKind::Minus, Is, By);
    break;
  }
  if (Row.Changes == Change::Add || Row.Changes == Change::Subtract)
    Gives = ir::Expr::binary(Becomes->Kind, ir::Expr::var(Was), By);
  std::vector<ir::Operand> Args;
  if (Becomes)
    Args.push_back(ir::Operand::value(Becomes));
  ObjId Told;
  if (Row.Changes == Change::CompareExchange) {
    const Expr *Expected = roleExpr(Row.Args, S);
    Args.push_back(ir::Operand::value(value(Expected)));
    Told = place(Expected);
  }
  ir::Op &O = emit(ir::OpKind::Atomic, Loc, Obj);
  O.Result = Was;
  O.Args = std::move(Args);
  if (Told) // what it was, when that was not what was expected
    emit(ir::OpKind::Havoc, Loc, Told);
  if (!S.E->getType()->isVoidType())
    Results[S.E] = ir::Operand::value(Gives ? Gives : ir::Expr::var(Was));
}

} // namespace heddle::extract
