//===- LowerConstruct.cpp - What begins without code of its own -----------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Objects whose constructor nobody wrote, and pointers that are set anew.
//
//===----------------------------------------------------------------------===//

#include "extract/Lowering.h"
#include "extract/Names.h"
#include "llvm/Support/SaveAndRestore.h"

using namespace clang;

namespace heddle::extract {

/// The arguments that a member's initialiser constructs it from.
static llvm::SmallVector<const Expr *, 4> argumentsOf(const Expr *Init) {
  llvm::SmallVector<const Expr *, 4> Out;
  if (!Init)
    return Out;
  Init = Init->IgnoreImplicit();
  if (const auto *C = dyn_cast<CXXConstructExpr>(Init)) {
    for (const Expr *A : C->arguments())
      if (!isa<CXXDefaultArgExpr>(A))
        Out.push_back(A);
  } else if (const auto *L = dyn_cast<InitListExpr>(Init)) {
    Out.append(L->inits().begin(), L->inits().end());
  } else {
    Out.push_back(Init);
  }
  return Out;
}

/// What constructs an R from nothing. One that nobody wrote and the AST has no
/// body of is a function that calls those of the bases alone.
FuncId Lowering::defaultConstructor(const CXXRecordDecl *R) {
  for (const CXXConstructorDecl *X : R->ctors())
    if (X->isDefaultConstructor() && !X->isDefaulted())
      return linked(X);
  std::vector<FuncId> Bases;
  for (const CXXBaseSpecifier &Base : R->bases())
    if (const auto *Class = Base.getType()->getAsCXXRecordDecl())
      if (FuncId F = defaultConstructor(Class->getDefinition()))
        Bases.push_back(F);
  return B.implicitConstructor(R, Bases);
}

/// The members of R, and of bases that nobody wrote a constructor of, begin.
void Lowering::beginMembers(ObjId Target, const CXXRecordDecl *R,
                            const CallSite &S) {
  SourceSpan Loc = B.span(S.E->getSourceRange());
  for (const CXXBaseSpecifier &Base : R->bases())
    if (const auto *Class = Base.getType()->getAsCXXRecordDecl())
      if (llvm::none_of(Class->ctors(), [](const CXXConstructorDecl *X) {
            return X->isDefaultConstructor() && !X->isDefaulted();
          }))
        beginMembers(Target, Class->getDefinition(), S);
  for (const FieldDecl *Member : R->fields()) {
    QualType T = Member->getType();
    TypeFacts Facts = B.facts(T);
    ObjId Part = B.field(Target, Member);
    const Expr *Init = Member->getInClassInitializer();
    if (const CXXRecordDecl *Class = T->getAsCXXRecordDecl()) {
      CallSite From;
      From.E = S.E;
      From.Args = argumentsOf(Init);
      constructIn(Part, Class, From, 0);
    } else if (Facts.IsAlias) {
      if (T->isPointerType() && (!Init || isNull(Init)))
        pointNowhere(Part, Loc);
    } else if (Facts.IsValue) {
      emit(ir::OpKind::Set, Loc, Part).Args = {
          ir::Operand::value(Init ? value(Init) : ir::Expr::integer(0))};
    }
  }
}

/// What the implicit default constructor of R does to Target, where the AST
/// has no body of it: a factory of the standard library, whose body is not
/// read, calls it. The call says what class the object is of; its members
/// begin here.
void Lowering::constructImplicitly(ObjId Target, const CXXRecordDecl *R,
                                   const CallSite &S) {
  ir::Operand Made = Results.lookup(S.E);
  ir::Callable Fn;
  Fn.Targets.push_back(defaultConstructor(R));
  Fn.This = Target;
  Fn.Name = canonicalName(R);
  emitCall(std::move(Fn), {}, nullptr);
  cur().Ops.back().Loc = B.span(S.E->getSourceRange());
  llvm::SaveAndRestore<ObjId> Inside(Constructed, Target);
  beginMembers(Target, R, S);
  Results[S.E] = Made;
}

bool Lowering::isNull(const Expr *E) {
  return !E || E->IgnoreParenImpCasts()->getType()->isNullPtrType();
}

/// To, a pointer or handle, denotes nothing.
void Lowering::pointNowhere(ObjId To, SourceSpan Loc) {
  emit(ir::OpKind::Bind, Loc, To).Args = {ir::Operand::none()};
  emit(ir::OpKind::Set, Loc, To).Args = {
      ir::Operand::value(ir::Expr::integer(0))};
}

/// To, a smart pointer of type T, is set to what From is; null: to nothing.
/// What it owned ends.
void Lowering::repoint(ObjId To, QualType T, const Expr *From, SourceSpan Loc) {
  TypeFacts Facts = B.facts(T);
  bool Owns = Facts.Row && Facts.Row->OwnsReferent;
  ir::Operand New = From ? operand(From) : ir::Operand::none();
  if (Owns)
    lowerDestructor(To, T, Loc);
  if (isNull(From))
    return pointNowhere(To, Loc);
  lowerInit(To, T, From, Loc);
  if (Owns && From->isXValue() && New.K == ir::Operand::Kind::Place &&
      New.Obj != To)
    pointNowhere(New.Obj, Loc);
}

} // namespace heddle::extract
