//===- CallMatcher.h - Which operation a call is --------------*- C++ -*-===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Role: one shape for everything that calls (functions, members, operators,
// constructors), and the model row that it matches. A member is looked up by
// the class that declares it, the class of the object and the classes between,
// because standard libraries inherit `lock` and `wait` from hidden bases.
//
//===----------------------------------------------------------------------===//
#ifndef HEDDLE_EXTRACT_CALLMATCHER_H
#define HEDDLE_EXTRACT_CALLMATCHER_H

#include "models/Model.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/SmallVector.h"

namespace heddle::extract {

/// A call as models see it.
struct CallSite {
  const clang::Expr *E = nullptr;
  /// Null when it is not known statically.
  const clang::FunctionDecl *Callee = nullptr;
  /// Null for free functions and constructors.
  const clang::Expr *This = nullptr;
  llvm::SmallVector<const clang::Expr *, 4> Args; ///< defaulted ones left out

  static CallSite of(const clang::CallExpr *C);
  static CallSite of(const clang::CXXConstructExpr *C);
};

/// Null when the models do not know the call.
const models::CallRow *matchCall(const CallSite &S, const models::Model &M);

/// Looks Method of class R up by R and everything that R inherits from.
const models::CallRow *matchMember(const clang::CXXRecordDecl *R,
                                   llvm::StringRef Method,
                                   llvm::ArrayRef<const clang::Expr *> Args,
                                   const models::Model &M);

} // namespace heddle::extract

#endif // HEDDLE_EXTRACT_CALLMATCHER_H
