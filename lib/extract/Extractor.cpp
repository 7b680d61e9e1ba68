//===- Extractor.cpp ------------------------------------------------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "extract/Extractor.h"
#include "extract/LockKinds.h"
#include "extract/Lowering.h"
#include "clang/AST/DeclFriend.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace heddle::extract {
namespace {

/// Collects every function of the user's that has a body: of namespaces and
/// classes, instantiations of templates, and lambdas within bodies.
class Collector {
public:
  explicit Collector(UnitBuilder &B) : B(B) {}

  struct Item {
    const FunctionDecl *D;
    FuncId Id;
    FuncId Parent;
  };
  std::vector<Item> Found;

  void walk(const DeclContext *Context) {
    for (const Decl *D : Context->decls())
      visit(D);
  }

private:
  void visit(const Decl *D) {
    if (const auto *T = dyn_cast<FunctionTemplateDecl>(D)) {
      for (const FunctionDecl *S : T->specializations())
        function(S, {});
    } else if (const auto *T = dyn_cast<ClassTemplateDecl>(D)) {
      for (const ClassTemplateSpecializationDecl *S : T->specializations())
        if (B.isUserCode(S))
          walk(S);
    } else if (const auto *F = dyn_cast<FunctionDecl>(D)) {
      function(F, {});
    } else if (const auto *Friend = dyn_cast<FriendDecl>(D)) {
      // One that is defined in the class stands nowhere else.
      if (const NamedDecl *N = Friend->getFriendDecl())
        if (const FunctionDecl *F = N->getAsFunction();
            F && F->isThisDeclarationADefinition())
          visit(N);
    } else if (const auto *Inner = dyn_cast<DeclContext>(D)) {
      if (const auto *R = dyn_cast<CXXRecordDecl>(D);
          R && (R->isDependentContext() || !R->isThisDeclarationADefinition()))
        return;
      if (isa<NamespaceDecl, CXXRecordDecl, LinkageSpecDecl, ExportDecl>(D) &&
          (isa<LinkageSpecDecl>(D) || isa<NamespaceDecl>(D) || B.isUserCode(D)))
        walk(Inner);
    }
  }

  void function(const FunctionDecl *F, FuncId Parent) {
    if (F->isDependentContext() || !B.isUserCode(F))
      return;
    if (const auto *M = dyn_cast<CXXMethodDecl>(F))
      recordOverrides(M);
    // Redeclarations share a body: the one that has it is taken.
    if (!F->doesThisDeclarationHaveABody() || F->isDeleted())
      return;
    FuncId Id = B.function(F);
    Found.push_back({F, Id, Parent});
    lambdas(F->getBody(), Id);
    if (const auto *C = dyn_cast<CXXConstructorDecl>(F))
      for (const CXXCtorInitializer *I : C->inits())
        if (I->getInit())
          lambdas(I->getInit(), Id);
  }

  void recordOverrides(const CXXMethodDecl *M) {
    llvm::SmallVector<const CXXMethodDecl *, 8> Todo(
        M->overridden_methods().begin(), M->overridden_methods().end());
    for (unsigned I = 0; I < Todo.size() && I < 64; ++I) {
      auto &Known = B.Overriders[Todo[I]->getCanonicalDecl()];
      if (!llvm::is_contained(Known, M->getCanonicalDecl()))
        Known.push_back(M->getCanonicalDecl());
      Todo.append(Todo[I]->overridden_methods().begin(),
                  Todo[I]->overridden_methods().end());
    }
  }

  void lambdas(const Stmt *S, FuncId Parent) {
    if (!S)
      return;
    if (const auto *L = dyn_cast<LambdaExpr>(S)) {
      for (const Expr *Init : L->capture_inits())
        lambdas(Init, Parent);
      for (const Decl *M : L->getLambdaClass()->decls()) {
        if (const auto *T = dyn_cast<FunctionTemplateDecl>(M)) {
          for (const FunctionDecl *X : T->specializations())
            function(X, Parent);
        } else if (const auto *C = dyn_cast<CXXMethodDecl>(M)) {
          if (C->getOverloadedOperator() == OO_Call)
            function(C, Parent);
        }
      }
      return;
    }
    if (const auto *Decls = dyn_cast<DeclStmt>(S))
      for (const Decl *D : Decls->decls())
        if (const auto *R = dyn_cast<CXXRecordDecl>(D); R && !R->isLambda())
          visit(R); // a local class
    if (const auto *Default = dyn_cast<CXXDefaultInitExpr>(S))
      lambdas(Default->getExpr(), Parent);
    for (const Stmt *Child : S->children())
      lambdas(Child, Parent);
  }

  UnitBuilder &B;
};

/// The bodies of coroutines are rewritten by the compiler into something that
/// the CFG does not show in order.
bool isCoroutine(const FunctionDecl *F) {
  return isa<CoroutineBodyStmt>(F->getBody());
}

} // namespace

static void addOverrides(UnitBuilder &B, FuncId Id, const CXXMethodDecl *M) {
  for (const CXXMethodDecl *Overridden : M->overridden_methods()) {
    if (!B.isUserCode(Overridden))
      continue;
    FuncId F = B.function(Overridden);
    std::vector<FuncId> &Known = B.Unit.Functions[Id.index()].Overrides;
    if (llvm::is_contained(Known, F))
      continue;
    Known.push_back(F);
    addOverrides(B, Id, Overridden);
  }
}

ir::Unit extractUnit(ASTContext &Ctx, const models::Model &M) {
  UnitBuilder B(Ctx, M);
  const SourceManager &SM = Ctx.getSourceManager();
  if (OptionalFileEntryRef Main = SM.getFileEntryRefForID(SM.getMainFileID()))
    B.Unit.MainFile = Main->getName().str();

  findPlainLocks(B);
  Collector All(B);
  All.walk(Ctx.getTranslationUnitDecl());
  for (const Collector::Item &I : All.Found) {
    ir::Function &F = B.Unit.Functions[I.Id.index()];
    F.Parent = I.Parent;
    F.Loc = B.span(I.D->getLocation());
    F.End = B.span(I.D->getBody()->getEndLoc());
    for (const ParmVarDecl *P : I.D->parameters()) {
      ObjId O = B.variable(P);
      B.Unit.Functions[I.Id.index()].Params.push_back(O);
      QualType T = P->getType();
      B.Unit.Objects[O.index()].IsReference =
          T->isLValueReferenceType() &&
          !T->getPointeeType().isConstQualified() &&
          B.facts(T->getPointeeType()).IsAlias;
    }
  }
  for (const Collector::Item &I : All.Found)
    if (const auto *Method = dyn_cast<CXXMethodDecl>(I.D))
      addOverrides(B, I.Id, Method);
  // Parents before their lambdas: a lambda uses the places of its parent.
  for (const Collector::Item &I : All.Found)
    if (!isCoroutine(I.D))
      Lowering(B, I.D, I.Id).run();
  return std::move(B.Unit);
}

} // namespace heddle::extract
