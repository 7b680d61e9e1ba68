//===- Names.cpp ----------------------------------------------------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "extract/Names.h"
#include "clang/AST/DeclTemplate.h"
#include "llvm/ADT/SmallVector.h"

using namespace clang;

namespace heddle::extract {

std::string unqualifiedName(const NamedDecl *D) {
  if (const auto *C = dyn_cast<CXXConstructorDecl>(D))
    return C->getParent()->getName().str();
  if (const auto *C = dyn_cast<CXXDestructorDecl>(D))
    return "~" + C->getParent()->getName().str();
  if (const auto *C = dyn_cast<CXXConversionDecl>(D))
    if (C->getConversionType()->isBooleanType())
      return "operator bool";
  return D->getDeclName().getAsString();
}

/// In std, or where libstdc++ keeps what belongs there.
static bool isOfLibrary(const CXXRecordDecl *R) {
  return R->isInStdNamespace() ||
         StringRef(canonicalName(R)).starts_with("__gnu_cxx::");
}

bool isIterator(QualType T) {
  const auto *R = T.getNonReferenceType()->getAsCXXRecordDecl();
  return R && R->getName().contains("iter") && isOfLibrary(R);
}

bool isNodeHandle(QualType T) {
  const auto *R = T.getNonReferenceType()->getAsCXXRecordDecl();
  return R && R->getName().contains("ode_handle") && isOfLibrary(R);
}

const RecordDecl *aggregateOf(QualType T) {
  const RecordDecl *R = T->getAsRecordDecl();
  const auto *Class = dyn_cast_or_null<CXXRecordDecl>(R);
  return Class && !(Class->hasDefinition() && Class->isAggregate()) ? nullptr
                                                                   : R;
}

unsigned basesOf(const RecordDecl *R) {
  const auto *Class = dyn_cast<CXXRecordDecl>(R);
  return Class ? Class->getNumBases() : 0;
}

std::string canonicalName(const NamedDecl *D) {
  llvm::SmallVector<std::string, 6> Parts;
  Parts.push_back(unqualifiedName(D));
  for (const DeclContext *C = D->getDeclContext(); C; C = C->getParent()) {
    if (const auto *N = dyn_cast<NamespaceDecl>(C)) {
      if (!N->isInline() && !N->isAnonymousNamespace())
        Parts.push_back(N->getName().str());
    } else if (const auto *R = dyn_cast<RecordDecl>(C)) {
      Parts.push_back(R->getName().str());
    } else if (const auto *F = dyn_cast<FunctionDecl>(C)) {
      Parts.push_back(unqualifiedName(F));
    }
  }
  std::string Out;
  for (size_t I = Parts.size(); I-- > 0;) {
    if (Parts[I].empty())
      continue;
    if (!Out.empty())
      Out += "::";
    Out += Parts[I];
  }
  return Out;
}

} // namespace heddle::extract
