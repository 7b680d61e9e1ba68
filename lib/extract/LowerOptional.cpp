//===- LowerOptional.cpp - What optionals hold ----------------------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "extract/Lowering.h"
#include "clang/AST/DeclTemplate.h"

using namespace clang;

namespace heddle::extract {

/// std::in_place: what is in the optional is made from the other arguments.
bool Lowering::isInPlace(const Expr *E) {
  const auto *R = E->getType().getNonReferenceType()->getAsCXXRecordDecl();
  return R && R->isInStdNamespace() && R->getName() == "in_place_t";
}

/// What Target, an optional of class R, holds is made from the arguments of S
/// after FirstArg.
void Lowering::constructContent(ObjId Target, const CXXRecordDecl *R,
                                const CallSite &S, unsigned FirstArg) {
  const auto *C = dyn_cast<ClassTemplateSpecializationDecl>(R);
  if (!C || C->getTemplateArgs().size() == 0 ||
      C->getTemplateArgs()[0].getKind() != TemplateArgument::Type)
    return;
  QualType T = C->getTemplateArgs()[0].getAsType();
  ir::Operand Whole = Results.lookup(S.E);
  ObjId Content = B.partLike(Target, "*", T);
  constructIn(Content, T->getAsCXXRecordDecl(), S, FirstArg);
  endsUnseen(Content, T->getAsCXXRecordDecl(), B.span(S.E->getSourceRange()));
  Results[S.E] = Whole;
}

/// What the optional To holds is what From holds, or From itself.
void Lowering::copyContent(ObjId To, const Expr *From, SourceSpan Loc) {
  TypeFacts Facts = B.facts(From->getType().getNonReferenceType());
  const Expr *E = bare(From);
  bool IsOptional = Facts.Class == ir::TypeClass::Value && Facts.Row;
  if (IsOptional && Facts.Row->IsText)
    return;
  if (!To || !E || E->getType()->isVoidType())
    return;
  ir::Operand In = operand(From);
  QualType T = E->getType();
  if (IsOptional && Facts.Row->IsOneOf) {
    if (In.K == ir::Operand::Kind::Place)
      emit(ir::OpKind::Bind, Loc, B.partLike(To, "*", B.Ctx.VoidTy)).Args = {
          ir::Operand::place(B.partLike(In.Obj, "*", B.Ctx.VoidTy))};
    return;
  }
  if (IsOptional) {
    if (In.K != ir::Operand::Kind::Place)
      return;
    const auto *C =
        dyn_cast_or_null<ClassTemplateSpecializationDecl>(Facts.Record);
    if (!C || C->getTemplateArgs().size() == 0 ||
        C->getTemplateArgs()[0].getKind() != TemplateArgument::Type)
      return;
    T = C->getTemplateArgs()[0].getAsType();
    In = ir::Operand::place(B.partLike(In.Obj, "*", T));
  }
  if (In.K == ir::Operand::Kind::None)
    return;
  ObjId Content = B.partLike(To, "*", T);
  assign(Content, std::move(In), T, Loc);
  endsUnseen(Content, T->getAsCXXRecordDecl(), Loc);
}

/// E is what a try-receive found.
bool Lowering::isReceipt(const Expr *E) const {
  const models::TypeRow *Row = B.facts(E->getType().getNonReferenceType()).Row;
  return Row && Row->IsReceipt;
}

/// A member of a receipt. What was received is an optional, full when the state
/// says so.
ObjId Lowering::found(const MemberExpr *M) {
  ObjId Receipt = place(M->getBase());
  const auto *Optional = dyn_cast_or_null<ClassTemplateSpecializationDecl>(
      M->getType()->getAsCXXRecordDecl());
  if (!Receipt || !Optional)
    return Receipt;
  SourceSpan Loc = B.span(M->getSourceRange());
  ObjId In = B.temp(F, M->getType(), Loc, "received");
  Results[M] = ir::Operand::place(In);
  emit(ir::OpKind::Set, Loc, In).Args = {ir::Operand::value(ir::Expr::binary(
      ir::ExprKind::Eq, ir::Expr::var(Receipt), ir::Expr::integer(0)))};
  QualType T = Optional->getTemplateArgs()[0].getAsType();
  assign(B.partLike(In, "*", T),
         ir::Operand::place(B.partLike(Receipt, "*", T)), T, Loc);
  return In;
}

} // namespace heddle::extract
