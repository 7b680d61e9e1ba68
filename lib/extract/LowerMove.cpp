//===- LowerMove.cpp - Copies, and what moves take away -------------------===//
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

/// The copy or move constructor of R that has a body here.
const CXXConstructorDecl *Lowering::copierOf(const CXXRecordDecl *R,
                                             bool Moves) const {
  if (R->hasDefinition())
    for (const CXXConstructorDecl *C : R->getDefinition()->ctors())
      if ((Moves ? C->isMoveConstructor() : C->isCopyConstructor()) &&
          userBody(C))
        return C;
  return nullptr;
}

/// C is the user's own way to copy or move an object to Target, another one
/// that ends for itself: who has what then is said by its body.
bool Lowering::handsOver(const CXXConstructExpr *C, ObjId Target) const {
  const CXXRecordDecl *R = C->getConstructor()->getParent();
  return !Returning && !B.M.type(canonicalName(R)) && endsByUserCode(R, 0) &&
         C->getConstructor()->isUserProvided() &&
         userBody(C->getConstructor()) &&
         B.Unit.object(B.Unit.root(Target)).Kind != ir::ObjectKind::Capture;
}

/// Copies and moves: handles and callables share, guards hand over, values
/// keep their value, and a temporary is its source.
void Lowering::lowerCopy(const CXXConstructExpr *C, ObjId Target) {
  const Expr *From = C->getArg(0);
  ir::Operand Source = operand(From);
  TypeFacts Facts = B.facts(C->getType());
  SourceSpan Loc = B.span(C->getSourceRange());
  if (Facts.Class == ir::TypeClass::Guard && !Target &&
      Source.K == ir::Operand::Kind::Place)
    Target = B.temp(F, C->getType(), Loc, "guard");
  bool Empties = Facts.Row && Facts.Row->OwnsReferent && From->isXValue() &&
                 Source.K == ir::Operand::Kind::Place;
  if (!Target && Empties) { // for whoever is called with it
    ObjId Moved = B.temp(F, C->getType(), Loc, "moved");
    B.Unit.Objects[Moved.index()].Name = B.Unit.describe(Source.Obj);
    emit(ir::OpKind::Bind, Loc, Moved).Args = {Source};
    pointNowhere(Source.Obj, Loc);
    GivenAway.insert(Moved);
    Results[C] = ir::Operand::place(Moved);
    return;
  }
  if (!Target && From->isXValue() && Source.K == ir::Operand::Kind::Place &&
      isContainer(From) && !Facts.IsAlias &&
      endsMatter(elementType(Facts.Record))) {
    ObjId Moved = B.temp(F, C->getType(), Loc, "moved");
    emit(ir::OpKind::Make, Loc, Moved);
    giveElements(Moved, Source.Obj, Facts.Record, true, Loc);
    Results[C] = ir::Operand::place(Moved);
    return;
  }
  if (!Target) {
    Results[C] = Source;
    return;
  }
  Results[C] = ir::Operand::place(Target);
  if (Source.K == ir::Operand::Kind::Place && handsOver(C, Target)) {
    ir::Callable Fn;
    Fn.Targets.push_back(linked(C->getConstructor()));
    Fn.This = Target;
    Fn.Name = canonicalName(C->getConstructor());
    emitCall(std::move(Fn), {Source}, nullptr);
    cur().Ops.back().Loc = Loc;
    return;
  }
  copyTo(Target, From, C->getType(), Loc);
}

/// Target becomes a copy of From, both of type T, or takes over what that has.
void Lowering::copyTo(ObjId Target, const Expr *From, QualType T,
                      SourceSpan Loc) {
  TypeFacts Facts = B.facts(T);
  ir::Operand Source = operand(From);
  const bool IsPlace = Source.K == ir::Operand::Kind::Place;
  if (Facts.Class == ir::TypeClass::Guard && IsPlace) {
    emit(ir::OpKind::GuardMove, Loc, Target).Other = Source.Obj;
  } else if (isContainer(From) && !Facts.IsAlias) {
    copyContainer(Target, From, Loc);
  } else if (Facts.Class == ir::TypeClass::Value) {
    emit(ir::OpKind::Set, Loc, Target).Args = {ir::Operand::value(value(From))};
    copyContent(Target, From, Loc);
  } else if (!Facts.IsAlias && !partsOf(T).empty()) {
    beginParts(Target, Loc);
    giveParts(Target, Source, T, From->isXValue(), Loc);
  } else if (IsPlace || Source.K == ir::Operand::Kind::Function) {
    emit(ir::OpKind::Bind, Loc, Target).Args = {Source};
  }
  if (Facts.Row && Facts.Row->OwnsReferent && From->isXValue() && IsPlace &&
      Source.Obj != Target)
    pointNowhere(Source.Obj, Loc);
}

} // namespace heddle::extract
