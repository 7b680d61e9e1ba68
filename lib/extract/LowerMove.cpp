//===- LowerMove.cpp - What std::move takes away --------------------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Most objects may be left what they were when they are moved from: who has
// them makes no difference. Who has a promise does, for its end is told to
// those who wait. So what is, or has, a promise moves to a new place, and
// nothing stays behind.
//
//===----------------------------------------------------------------------===//

#include "extract/Lowering.h"
#include "extract/Names.h"
#include "clang/AST/DeclTemplate.h"

using namespace clang;

namespace heddle::extract {

bool UnitBuilder::holdsPromise(QualType T) const {
  const auto *R = T.getCanonicalType()->getAsCXXRecordDecl();
  if (!R)
    return false;
  R = R->getCanonicalDecl();
  auto [It, IsNew] = Promises.try_emplace(R, false);
  if (!IsNew)
    return It->second; // A class that is part of itself has none by that way.
  bool Holds = findPromise(R);
  return Promises[R] = Holds;
}

bool UnitBuilder::findPromise(const CXXRecordDecl *R) const {
  const models::TypeRow *Row = M.type(canonicalName(R));
  if (Row && Row->Class != ir::TypeClass::Other &&
      Row->Class != ir::TypeClass::Value)
    return Row->Class == ir::TypeClass::Future;
  // A library's class has what it is a template of.
  if (!isUserCode(R)) {
    if (const auto *S = dyn_cast<ClassTemplateSpecializationDecl>(R))
      for (const TemplateArgument &A : S->getTemplateArgs().asArray()) {
        if (A.getKind() == TemplateArgument::Type &&
            holdsPromise(A.getAsType()))
          return true;
        if (A.getKind() == TemplateArgument::Pack)
          for (const TemplateArgument &P : A.pack_elements())
            if (P.getKind() == TemplateArgument::Type &&
                holdsPromise(P.getAsType()))
              return true;
      }
    return false;
  }
  const CXXRecordDecl *Def = R->getDefinition();
  if (!Def)
    return false;
  for (const CXXBaseSpecifier &Base : Def->bases())
    if (holdsPromise(Base.getType()))
      return true;
  for (const FieldDecl *Member : Def->fields())
    if (holdsPromise(Member->getType()))
      return true;
  return false;
}

/// The call at S makes From ready to be moved from. False when that is of no
/// importance.
bool Lowering::lowerMove(const CallSite &S, const Expr *From) {
  QualType T = From->getType().getNonReferenceType();
  if (!S.E->isXValue() || isContainer(From) || !B.holdsPromise(T))
    return false;
  ObjId O = place(From);
  if (!O)
    return false;
  SourceSpan Loc = B.span(S.E->getSourceRange());
  ObjId Moved = B.temp(F, T.getUnqualifiedType(), Loc, "moved");
  B.Unit.Objects[Moved.index()].Name = B.Unit.describe(O);
  ir::Op &Bind = emit(ir::OpKind::Bind, Loc, Moved);
  Bind.Args = {ir::Operand::place(O)};
  if (B.facts(T).IsAlias)
    pointNowhere(O, Loc);
  else
    Bind.How = ir::Mode::Nil;
  Results[S.E] = ir::Operand::place(Moved);
  return true;
}

/// A cast to an rvalue is a move that does not say so: who has the promise
/// afterwards is not known.
void Lowering::lowerCast(const CXXStaticCastExpr *C) {
  const auto *Ctor = dyn_cast<CXXConstructorDecl>(D);
  if (!C->isXValue() || (Ctor && Ctor->isDefaulted()) ||
      !B.holdsPromise(C->getType()))
    return;
  if (ObjId O = place(C->getSubExpr()))
    emit(ir::OpKind::Escape, B.span(C->getSourceRange()), O);
}

} // namespace heddle::extract
