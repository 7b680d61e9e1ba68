//===- LowerAnnotated.cpp - Locks that their attributes tell of -----------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Role: a class that a project makes a lock of by hand, from an atomic or a
// system call, has no operation in it that the engine knows. The attributes of
// Clang's thread safety analysis say what it is: a capability, and which of
// its methods acquire and release it. A class around a lock that is known is
// read by its methods' bodies instead, which say more.
//
//===----------------------------------------------------------------------===//

#include "extract/Lowering.h"
#include "llvm/Config/llvm-config.h"

using namespace clang;

namespace heddle::extract {

/// A class this deep inside another is not looked for.
static constexpr unsigned MaxDepth = 4;

/// An object of class R has a lock of a known kind in it.
static bool holdsLock(const UnitBuilder &B, const CXXRecordDecl *R,
                      unsigned Depth) {
  if (!R->hasDefinition() || Depth == 0)
    return false;
  R = R->getDefinition();
  auto IsOne = [&](QualType T) {
    if (T->isPointerType() || T->isReferenceType())
      return false;
    TypeFacts Facts = B.facts(T);
    return Facts.Class == ir::TypeClass::Lock ||
           (Facts.Record && !Facts.IsAlias &&
            holdsLock(B, Facts.Record, Depth - 1));
  };
  for (const CXXBaseSpecifier &Base : R->bases())
    if (!Base.getType()->isDependentType() && IsOne(Base.getType()))
      return true;
  for (const FieldDecl *Member : R->fields())
    if (IsOne(Member->getType()))
      return true;
  return false;
}

bool UnitBuilder::isAnnotatedLock(const CXXRecordDecl *R) const {
  if (!R->hasAttr<CapabilityAttr>())
    return false;
#if LLVM_VERSION_MAJOR >= 21
  if (R->hasAttr<ReentrantCapabilityAttr>())
    return false;
#endif
  // A lock may lead back to itself (a list of locks): noted before it is known.
  R = R->getCanonicalDecl();
  if (auto Known = AnnotatedLocks.find(R); Known != AnnotatedLocks.end())
    return Known->second;
  AnnotatedLocks[R] = false;
  bool IsOne = !holdsLock(*this, R, MaxDepth);
  AnnotatedLocks[R] = IsOne;
  return IsOne;
}

/// A release may leave open which way the lock was held: the name tells.
static bool isSharedRelease(const ReleaseCapabilityAttr *A,
                            const CXXMethodDecl *M) {
  if (A->isShared() || !M->getIdentifier())
    return A->isShared();
  llvm::StringRef Name = M->getName();
  return Name.contains_insensitive("shared") ||
         Name.contains_insensitive("reader");
}

/// A call of a method that acquires or releases the object it is called on.
bool Lowering::lowerAnnotated(const CallSite &S) {
  const auto *M = dyn_cast_or_null<CXXMethodDecl>(S.Callee);
  if (!M || !S.This || !B.isAnnotatedLock(M->getParent()))
    return false;
  ir::OpKind Kind;
  bool Shared;
  if (const auto *A = M->getAttr<AcquireCapabilityAttr>();
      A && A->args_size() == 0) {
    Kind = ir::OpKind::Lock;
    Shared = A->isShared();
  } else if (const auto *A = M->getAttr<TryAcquireCapabilityAttr>();
             A && A->args_size() == 0) {
    Kind = ir::OpKind::TryLock;
    Shared = A->isShared();
  } else if (const auto *A = M->getAttr<ReleaseCapabilityAttr>();
             A && A->args_size() == 0) {
    Kind = ir::OpKind::Unlock;
    Shared = isSharedRelease(A, M);
  } else {
    return false;
  }
  ObjId Lock = place(S.This);
  if (!Lock)
    return false;
  ObjId Result;
  if (Kind == ir::OpKind::TryLock) {
    Result = resultTemp(S.E, "result");
    B.Unit.Objects[Result.index()].Type = ir::TypeClass::Value;
  }
  ir::Op &O = emit(Kind, B.span(S.E->getSourceRange()), Lock);
  O.How = Shared ? ir::Mode::Shared : ir::Mode::Plain;
  O.Result = Result;
  return true;
}

} // namespace heddle::extract
