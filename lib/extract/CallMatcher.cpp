//===- CallMatcher.cpp ----------------------------------------------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "extract/CallMatcher.h"
#include "extract/Names.h"

using namespace clang;

namespace heddle::extract {

CallSite CallSite::of(const CallExpr *C) {
  CallSite S;
  S.E = C;
  S.Callee = C->getDirectCallee();
  unsigned First = 0;
  if (const auto *M = dyn_cast<CXXMemberCallExpr>(C)) {
    S.This = M->getImplicitObjectArgument();
  } else if (isa<CXXOperatorCallExpr>(C)) {
    const auto *D = dyn_cast_or_null<CXXMethodDecl>(S.Callee);
    if (D && C->getNumArgs() > 0) {
      First = 1;
      if (!D->isStatic())
        S.This = C->getArg(0);
    }
  }
  for (unsigned I = First; I < C->getNumArgs(); ++I)
    if (!isa<CXXDefaultArgExpr>(C->getArg(I)))
      S.Args.push_back(C->getArg(I));
  return S;
}

CallSite CallSite::of(const CXXConstructExpr *C) {
  CallSite S;
  S.E = C;
  S.Callee = C->getConstructor();
  for (const Expr *A : C->arguments())
    if (!isa<CXXDefaultArgExpr>(A))
      S.Args.push_back(A);
  return S;
}

static bool hasTag(llvm::ArrayRef<const Expr *> Args, llvm::StringRef Tag) {
  for (const Expr *A : Args)
    if (const TagDecl *D = A->getType().getNonReferenceType()->getAsTagDecl())
      if (canonicalName(D) == Tag) // A class, or an enumeration: std::launch.
        return true;
  return false;
}

/// The first row that fits the arguments; one with a tag before one without.
static const models::CallRow *choose(llvm::ArrayRef<models::CallRow> Rows,
                                     llvm::ArrayRef<const Expr *> Args) {
  const models::CallRow *Plain = nullptr;
  for (const models::CallRow &R : Rows) {
    if (R.Arity && *R.Arity != Args.size())
      continue;
    if (!R.WithTag.empty()) {
      if (hasTag(Args, R.WithTag))
        return &R;
    } else if (!Plain) {
      Plain = &R;
    }
  }
  return Plain;
}

const models::CallRow *matchMember(const CXXRecordDecl *R,
                                   llvm::StringRef Method,
                                   llvm::ArrayRef<const Expr *> Args,
                                   const models::Model &M) {
  llvm::SmallVector<const CXXRecordDecl *, 8> Todo{R};
  for (unsigned I = 0; I < Todo.size() && I < 32; ++I) {
    const CXXRecordDecl *C = Todo[I];
    if (const models::CallRow *Row =
            choose(M.calls(canonicalName(C) + "::" + Method.str()), Args))
      return Row;
    if (C->hasDefinition())
      for (const CXXBaseSpecifier &B : C->getDefinition()->bases())
        if (const auto *BR = B.getType()->getAsCXXRecordDecl())
          Todo.push_back(BR);
  }
  return nullptr;
}

const models::CallRow *matchCall(const CallSite &S, const models::Model &M) {
  if (!S.Callee)
    return nullptr;
  if (const models::CallRow *Row =
          choose(M.calls(canonicalName(S.Callee)), S.Args))
    return Row;
  const auto *D = dyn_cast<CXXMethodDecl>(S.Callee);
  if (!D || isa<CXXConstructorDecl>(D))
    return nullptr;
  const CXXRecordDecl *R = D->getParent();
  if (S.This) {
    QualType T = S.This->IgnoreParenImpCasts()->getType();
    if (T->isPointerType())
      T = T->getPointeeType();
    if (const auto *Static = T->getAsCXXRecordDecl())
      R = Static;
  }
  return matchMember(R, unqualifiedName(D), S.Args, M);
}

} // namespace heddle::extract
