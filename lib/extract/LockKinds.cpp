//===- LockKinds.cpp - Locks whose initialisation says more ---------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "extract/LockKinds.h"
#include "extract/CallMatcher.h"
#include "extract/Names.h"
#include "extract/UnitBuilder.h"
#include "clang/AST/RecursiveASTVisitor.h"

using namespace clang;

namespace heddle::extract {
namespace {

/// The variable or member that E, a lock or a pointer to one, names.
const ValueDecl *named(const Expr *E) {
  for (;;) {
    E = E->IgnoreParenCasts();
    if (const auto *U = dyn_cast<UnaryOperator>(E))
      E = U->getSubExpr();
    else if (const auto *A = dyn_cast<ArraySubscriptExpr>(E))
      E = A->getBase();
    else
      break;
  }
  if (const auto *R = dyn_cast<DeclRefExpr>(E))
    return cast<ValueDecl>(R->getDecl()->getCanonicalDecl());
  const auto *M = dyn_cast<MemberExpr>(E);
  return M ? cast<ValueDecl>(M->getMemberDecl()->getCanonicalDecl()) : nullptr;
}

class Finder : public RecursiveASTVisitor<Finder> {
public:
  explicit Finder(UnitBuilder &B) : B(B) {}

  bool shouldVisitTemplateInstantiations() const { return true; }
  /// Lists in their complete form, too.
  bool shouldVisitImplicitCode() const { return true; }

  bool VisitVarDecl(VarDecl *V) {
    if (V->getInit())
      begins(V, V->getInit());
    else if (V->hasGlobalStorage() && isOne(V->getType()))
      note(V, true); // All zero.
    return true;
  }

  bool VisitFieldDecl(FieldDecl *Member) {
    if (Member->hasInClassInitializer() && Member->getInClassInitializer())
      begins(Member, Member->getInClassInitializer());
    return true;
  }

  bool VisitInitListExpr(InitListExpr *L) {
    const RecordDecl *R = aggregateOf(L->getType());
    if (!L->isSemanticForm() || !R || R->isUnion())
      return true;
    unsigned I = basesOf(R);
    for (const FieldDecl *Member : R->fields())
      if (I < L->getNumInits())
        begins(Member, L->getInit(I++));
    return true;
  }

  bool VisitCXXConstructorDecl(CXXConstructorDecl *C) {
    for (const CXXCtorInitializer *I : C->inits())
      if (I->isAnyMemberInitializer() && I->getInit())
        begins(I->getAnyMember(), I->getInit());
    return true;
  }

  bool VisitBinaryOperator(BinaryOperator *O) {
    if (O->getOpcode() == BO_Assign)
      if (const ValueDecl *D = named(O->getLHS()))
        begins(D, O->getRHS());
    return true;
  }

  bool VisitCallExpr(CallExpr *C) {
    CallSite S = CallSite::of(C);
    const models::CallRow *Row = matchCall(S, B.M);
    if (!Row || Row->E != models::Effect::Operation ||
        Row->Op != ir::OpKind::Make ||
        Row->Object.K != models::Role::Kind::Arg ||
        Row->Args.K != models::Role::Kind::Arg ||
        Row->Object.Index >= int64_t(S.Args.size()) ||
        Row->Args.Index >= int64_t(S.Args.size()))
      return true;
    const Expr *Attributes = S.Args[Row->Args.Index];
    if (const ValueDecl *D = named(S.Args[Row->Object.Index]))
      note(D, Attributes->isNullPointerConstant(
                  B.Ctx, Expr::NPC_ValueDependentIsNotNull) !=
                  Expr::NPCK_NotNull);
    return true;
  }

  /// Those that were only ever seen to begin plain.
  void finish() {
    for (const ValueDecl *D : Others)
      B.PlainLocks.erase(D);
  }

private:
  bool isOne(QualType T) const {
    T = B.Ctx.getBaseElementType(T);
    if (T->isDependentType() || T->isReferenceType() || T->isPointerType())
      return false;
    TypeFacts Facts = B.facts(T);
    return Facts.Row && Facts.Row->IsKindByInit;
  }

  void note(const ValueDecl *D, bool IsPlain) {
    D = cast<ValueDecl>(D->getCanonicalDecl());
    if (IsPlain)
      B.PlainLocks.insert(D);
    else
      Others.push_back(D);
  }

  /// The plain kind is the one whose every bit is zero.
  void begins(const ValueDecl *D, const Expr *Init) {
    if (!D->getType()->isDependentType() && isOne(D->getType()))
      note(D, isZero(Init));
  }

  bool isZero(const Expr *E) const {
    E = E->IgnoreParenImpCasts();
    if (isa<ImplicitValueInitExpr, CXXScalarValueInitExpr>(E))
      return true;
    if (const auto *D = dyn_cast<CXXDefaultInitExpr>(E))
      return isZero(D->getExpr());
    if (const auto *L = dyn_cast<CompoundLiteralExpr>(E))
      return isZero(L->getInitializer());
    if (const auto *C = dyn_cast<CXXConstructExpr>(E))
      return C->getNumArgs() == 0 && C->requiresZeroInitialization();
    if (const auto *L = dyn_cast<InitListExpr>(E)) {
      for (const Expr *Part : L->inits())
        if (!isZero(Part))
          return false;
      return !L->hasArrayFiller() || isZero(L->getArrayFiller());
    }
    if (E->isValueDependent())
      return false;
    if (E->isNullPointerConstant(B.Ctx, Expr::NPC_ValueDependentIsNotNull) !=
        Expr::NPCK_NotNull)
      return true;
    Expr::EvalResult R;
    return E->getType()->isIntegralOrEnumerationType() &&
           E->EvaluateAsInt(R, B.Ctx) && R.Val.getInt() == 0;
  }

  UnitBuilder &B;
  std::vector<const ValueDecl *> Others;
};

} // namespace

void findPlainLocks(UnitBuilder &B) {
  Finder F(B);
  for (Decl *D : B.Ctx.getTranslationUnitDecl()->decls())
    if (B.isUserCode(D))
      F.TraverseDecl(D);
  F.finish();
}

} // namespace heddle::extract
