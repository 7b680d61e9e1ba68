//===- LowerCaptures.cpp - What a lambda's body does with its captures ----===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "extract/Lowering.h"

using namespace clang;

namespace heddle::extract {

/// O, a variable of the function around this lambda, stands for the lambda's
/// own copy of a pointer or handle.
bool Lowering::isOwnCopy(ObjId O) {
  const auto *Method = dyn_cast<CXXMethodDecl>(D);
  if (!Method || !Method->getParent()->isLambda())
    return false;
  for (const LambdaCapture &C : Method->getParent()->captures())
    if (C.capturesVariable() && C.getCaptureKind() == LCK_ByCopy)
      if (const auto *V = dyn_cast<VarDecl>(C.getCapturedVar());
          V && placeOf(V) == O)
        return true;
  return false;
}

/// A lambda looks at each pointer and handle that it captured by reference: at
/// the variable, which may be gone, and not at a copy of its own.
void Lowering::beginCaptures() {
  const auto *Method = dyn_cast<CXXMethodDecl>(D);
  if (!Method || !Method->getParent()->isLambda())
    return;
  for (const LambdaCapture &C : Method->getParent()->captures()) {
    if (!C.capturesVariable() || C.getCaptureKind() != LCK_ByRef)
      continue;
    const auto *V = dyn_cast<VarDecl>(C.getCapturedVar());
    if (!V || V->isInitCapture() || V->getType()->isReferenceType())
      continue;
    ObjId O = placeOf(V);
    if (O && B.Unit.object(O).IsAlias)
      emit(ir::OpKind::Read, B.span(C.getLocation()), O).How =
          ir::Mode::Pointer;
  }
}

/// What a lambda captured by value may end after its call, as a task does: what
/// its destructor does, and to what, is out of sight.
void Lowering::endCaptures(SourceSpan Loc) {
  const auto *Method = dyn_cast<CXXMethodDecl>(D);
  if (!Method || !Method->getParent()->isLambda())
    return;
  for (const LambdaCapture &C : Method->getParent()->captures()) {
    if (!C.capturesVariable() || C.getCaptureKind() != LCK_ByCopy)
      continue;
    const auto *V = dyn_cast<VarDecl>(C.getCapturedVar());
    if (!V)
      continue;
    QualType T = V->getType().getNonReferenceType();
    if (endsByUserCode(T->getAsCXXRecordDecl(), 0))
      emit(ir::OpKind::Escape, Loc, B.capture(F, V)).Deferred = true;
  }
}

} // namespace heddle::extract
