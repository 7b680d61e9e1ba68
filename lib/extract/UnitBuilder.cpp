//===- UnitBuilder.cpp ----------------------------------------------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "extract/UnitBuilder.h"
#include "extract/Names.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Index/USRGeneration.h"
#include "clang/Lex/Lexer.h"
#include "llvm/ADT/SmallString.h"

using namespace clang;

namespace heddle::extract {

FileId UnitBuilder::file(FileID F) {
  auto [It, New] = Files.try_emplace(F);
  if (New) {
    OptionalFileEntryRef E = Ctx.getSourceManager().getFileEntryRefForID(F);
    std::string Name = E ? E->getName().str() : "<unknown>";
    // A file that is included twice has two FileIDs and one name.
    for (uint32_t I = 0; I < Unit.Files.size(); ++I)
      if (Unit.Files[I] == Name)
        return It->second = FileId(I);
    It->second = FileId(Unit.Files.size());
    Unit.Files.push_back(std::move(Name));
  }
  return It->second;
}

SourceSpan UnitBuilder::span(SourceLocation L) {
  SourceSpan S;
  if (L.isInvalid())
    return S;
  const SourceManager &SM = Ctx.getSourceManager();
  auto [F, Offset] = SM.getDecomposedLoc(SM.getFileLoc(L));
  bool Invalid = false;
  S.Line = SM.getLineNumber(F, Offset, &Invalid);
  S.Column = SM.getColumnNumber(F, Offset, &Invalid);
  if (Invalid)
    return {};
  S.File = file(F);
  return S;
}

SourceSpan UnitBuilder::span(SourceRange R) {
  SourceSpan S = span(R.getBegin());
  if (!S.isValid() || R.getEnd().isInvalid())
    return S;
  const SourceManager &SM = Ctx.getSourceManager();
  SourceLocation End = SM.getFileLoc(R.getEnd());
  auto [F, Offset] = SM.getDecomposedLoc(
      Lexer::getLocForEndOfToken(End, 0, SM, Ctx.getLangOpts()));
  if (F.isInvalid() || file(F) != S.File)
    return S;
  S.EndLine = SM.getLineNumber(F, Offset);
  S.EndColumn = SM.getColumnNumber(F, Offset);
  if (std::pair(S.EndLine, S.EndColumn) <= std::pair(S.Line, S.Column))
    S.EndLine = S.EndColumn = 0;
  return S;
}

bool UnitBuilder::inMainFile(SourceLocation L) const {
  const SourceManager &SM = Ctx.getSourceManager();
  return L.isValid() && SM.isInMainFile(SM.getFileLoc(L));
}

bool UnitBuilder::isUserCode(const Decl *D) const {
  SourceLocation L = D->getLocation();
  if (L.isInvalid() || Ctx.getSourceManager().isInSystemHeader(L))
    return false;
  if (inMainFile(L))
    return true;
  const auto *N = dyn_cast<NamedDecl>(D);
  return !N || !M.ownsNamespace(canonicalName(N));
}

bool UnitBuilder::isUnitLocal(const NamedDecl *D) const {
  if (!D->isExternallyVisible())
    return true;
  for (const Decl *R : D->redecls())
    if (!inMainFile(R->getLocation()))
      return false;
  return true;
}

/// Lambdas of different instantiations, and what is in them, share a USR; their
/// ids part them. Other units cannot know which is which.
void UnitBuilder::tellApart(ir::Function &F, FuncId Id) {
  auto [It, IsNew] = Usrs.try_emplace(F.Usr, Id);
  if (IsNew)
    return;
  F.Usr += "#" + std::to_string(Id.index());
  F.IsLocal = Unit.Functions[It->second.index()].IsLocal = true;
}

FuncId UnitBuilder::function(const FunctionDecl *D) {
  D = D->getCanonicalDecl();
  auto [It, New] = Functions.try_emplace(D, FuncId(Unit.Functions.size()));
  if (!New)
    return It->second;
  FuncId Id = It->second;
  Unit.Functions.emplace_back();

  ir::Function F;
  llvm::SmallString<128> Usr;
  index::generateUSRForDecl(D, Usr);
  F.Usr = Usr.str().str();
  F.Name = canonicalName(D);
  F.Loc = span(D->getLocation());
  if (F.Usr.empty())
    F.Usr = F.Name;
  F.IsLocal = !D->isExternallyVisible();
  tellApart(F, Id);
  F.IsMain = D->isMain();
  F.IsInternal = !D->isExternallyVisible() || isUnitLocal(D);
  F.IsConstructor = isa<CXXConstructorDecl>(D);
  F.IsDestructor = isa<CXXDestructorDecl>(D);
  if (!Ctx.getLangOpts().CXXExceptions)
    F.IsNoexcept = true;
  else if (const auto *T = D->getType()->getAs<FunctionProtoType>())
    F.IsNoexcept =
        !isUnresolvedExceptionSpec(T->getExceptionSpecType()) && T->isNothrow();
  if (const auto *C = dyn_cast<CXXMethodDecl>(D)) {
    if (C->getParent()->isLambda()) {
      F.IsLambda = true;
      F.Name = "lambda";
    } else if (C->isInstance()) {
      F.This = addThis(Id, F.Loc);
    }
    // gtest's TEST bodies.
    F.IsTest = !F.IsLambda && C->getIdentifier() &&
               C->getName().equals_insensitive("TestBody") &&
               C->size_overridden_methods() > 0;
  }
  Unit.Functions[Id.index()] = std::move(F);
  return Id;
}

ObjId UnitBuilder::addThis(FuncId Owner, SourceSpan Loc) {
  ir::Object O;
  O.Kind = ir::ObjectKind::This;
  O.Name = "this";
  O.Owner = Owner;
  O.IsAlias = true;
  O.Loc = Loc;
  Unit.Objects.push_back(std::move(O));
  return ObjId(Unit.Objects.size() - 1);
}

FuncId UnitBuilder::implicitConstructor(const CXXRecordDecl *R,
                                        const std::vector<FuncId> &Bases) {
  R = R->getCanonicalDecl();
  auto [It, New] = Functions.try_emplace(R, FuncId(Unit.Functions.size()));
  if (!New)
    return It->second;
  ir::Function F;
  llvm::SmallString<128> Usr;
  index::generateUSRForDecl(R, Usr);
  F.Usr = (Usr + "#implicit").str();
  F.Name = canonicalName(R) + "::" + R->getNameAsString();
  F.Loc = F.End = span(R->getLocation());
  F.IsConstructor = F.IsInternal = F.IsNoexcept = true;
  F.IsLocal = !R->isExternallyVisible();
  tellApart(F, It->second);
  F.This = addThis(It->second, F.Loc);
  F.Blocks.emplace_back();
  for (FuncId Base : Bases) {
    ir::Op Call{};
    Call.Kind = ir::OpKind::Call;
    Call.Loc = F.Loc;
    Call.Obj = Call.Fn.This = F.This;
    Call.Fn.Targets = {Base};
    Call.Fn.Name = Unit.function(Base).Name;
    F.Blocks[0].Ops.push_back(std::move(Call));
  }
  F.Blocks[0].Term.K = ir::Terminator::Kind::Return;
  F.Blocks[0].Term.Loc = F.Loc;
  Unit.Functions.push_back(std::move(F));
  return It->second;
}

ObjId UnitBuilder::thisObject(FuncId F) {
  while (F && !Unit.function(F).This)
    F = Unit.function(F).Parent;
  return F ? Unit.function(F).This : ObjId();
}

ObjId UnitBuilder::addObject(ir::Object O, QualType T) {
  TypeFacts Facts = facts(T);
  O.Type = Facts.Class;
  O.IsAlias = Facts.IsAlias;
  if (Facts.Row) {
    O.IsRecursive = Facts.Row->IsRecursive;
    O.JoinsAtEnd = Facts.Row->JoinsAtEnd;
    O.IsAtomic = Facts.Row->IsAtomic;
  }
  O.IsConst = T.isConstQualified();
  ObjId Id(Unit.Objects.size());
  Unit.Objects.push_back(std::move(O));
  return Id;
}

/// What other units need to find the variable of theirs that D is.
void UnitBuilder::linkage(ir::Object &O, const VarDecl *D) const {
  if (!D->isExternallyVisible() || !isUserCode(D))
    return;
  llvm::SmallString<128> Usr;
  if (index::generateUSRForDecl(D, Usr))
    return;
  O.Usr = Usr.str().str();
  // A static member of a template is defined wherever it is used.
  O.IsInline = D->isInline() ||
               isTemplateInstantiation(D->getTemplateSpecializationKind());
  O.IsDeclared = !O.IsInline && D->hasDefinition() == VarDecl::DeclarationOnly;
}

ObjId UnitBuilder::variable(const VarDecl *D) {
  D = D->getCanonicalDecl();
  if (auto Known = Variables.find(D); Known != Variables.end())
    return Known->second;
  FuncId User;
  if (const auto *In =
          dyn_cast_or_null<FunctionDecl>(D->getParentFunctionOrMethod()))
    User = function(In);
  ir::Object O;
  O.Name = D->getName().str();
  O.Loc = span(D->getLocation());
  O.IsThreadLocal = D->getTLSKind() != VarDecl::TLS_None;
  if (isa<ParmVarDecl>(D)) {
    O.Kind = ir::ObjectKind::Param;
    O.Owner = User;
  } else if (D->hasLocalStorage()) {
    O.Kind = ir::ObjectKind::Local;
    O.Owner = User;
  } else if (D->isStaticLocal()) {
    O.Kind = ir::ObjectKind::Static;
    O.Owner = User;
  } else {
    O.Kind = ir::ObjectKind::Global;
    O.IsExternal = !isUnitLocal(D);
    linkage(O, D);
  }
  ObjId Id = addObject(std::move(O), D->getType());
  if (mayRecur(D))
    Unit.Objects[Id.index()].IsRecursive = true;
  if (D->isConstexpr())
    Unit.Objects[Id.index()].IsConst = true;
  if (!isUserCode(D))
    Foreign.insert(Id);
  return Variables[D] = Id;
}

ObjId UnitBuilder::capture(FuncId F, const VarDecl *D) {
  D = D->getCanonicalDecl();
  auto [It, New] = Captures.try_emplace({D, F.index()});
  if (!New)
    return It->second;
  ir::Object O;
  O.Kind = ir::ObjectKind::Capture;
  O.Name = D->getName().str();
  O.Owner = F;
  O.Loc = span(D->getLocation());
  // A copy of what a reference refers to, unless it is a reference itself.
  QualType T = D->isInitCapture() ? D->getType()
                                  : D->getType().getNonReferenceType();
  ObjId Id = addObject(std::move(O), T);
  return Captures[{D, F.index()}] = Id;
}

ObjId UnitBuilder::temp(FuncId F, QualType T, SourceSpan Loc,
                        const char *Name) {
  ir::Object O;
  O.Kind = ir::ObjectKind::Temp;
  O.Name = Name;
  O.Owner = F;
  O.Loc = Loc;
  return addObject(std::move(O), T);
}

/// Copies to a part what its own type says.
static void describePart(ir::Object &O, const TypeFacts &Facts, QualType T) {
  O.IsAlias = Facts.IsAlias;
  O.IsConst = T.isConstQualified();
  if (Facts.Row) {
    O.IsRecursive = Facts.Row->IsRecursive;
    O.IsAtomic = Facts.Row->IsAtomic;
    O.JoinsAtEnd = Facts.Row->JoinsAtEnd;
  }
}

ObjId UnitBuilder::field(ObjId Base, const ValueDecl *Member) {
  if (!Base)
    return {};
  TypeFacts Facts = facts(Member->getType());
  ObjId Id = Unit.part(Base, ir::ObjectKind::Field, Member->getName().str(),
                       Facts.Class);
  ir::Object &O = Unit.Objects[Id.index()];
  if (!O.Loc.isValid()) {
    // A library's members, as those of pairs, are parts of what they are in.
    if (isUserCode(Member))
      O.Loc = span(Member->getLocation());
    describePart(O, Facts, Member->getType());
    O.IsRecursive |= mayRecur(Member);
  }
  return Id;
}

ObjId UnitBuilder::element(ObjId Base, QualType T) {
  if (!Base)
    return {};
  TypeFacts Facts = facts(T);
  ObjId Id = Unit.part(Base, ir::ObjectKind::Element, "", Facts.Class);
  ir::Object &O = Unit.Objects[Id.index()];
  if (!O.Loc.isValid()) {
    O.Loc = Unit.object(Base).Loc;
    describePart(Unit.Objects[Id.index()], Facts, T);
    // An element is of the array's kind.
    if (Facts.Row && Facts.Row->IsKindByInit)
      Unit.Objects[Id.index()].IsRecursive = Unit.object(Base).IsRecursive;
  }
  return Id;
}

ObjId UnitBuilder::partLike(ObjId Base, const char *Name, QualType T) {
  TypeFacts Facts = facts(T);
  ObjId Id = Unit.part(Base, ir::ObjectKind::Field, Name, Facts.Class);
  ir::Object &O = Unit.Objects[Id.index()];
  if (!O.Loc.isValid()) {
    O.Loc = Unit.object(Base).Loc;
    describePart(O, Facts, T);
  }
  return Id;
}

ObjId UnitBuilder::piece(ObjId Base, const std::string &Name, QualType T) {
  if (!Base)
    return {};
  TypeFacts Facts = facts(T);
  ObjId Id = Unit.part(Base, ir::ObjectKind::Field, Name, Facts.Class);
  describePart(Unit.Objects[Id.index()], Facts, T);
  return Id;
}

/// The row of the first typedef that T goes through, which has a name where
/// what it stands for has none: C's types. T loses those that have no row.
const models::TypeRow *UnitBuilder::typedefRow(QualType &T) const {
  while (const auto *Named = T->getAs<TypedefType>()) {
    if (const models::TypeRow *Row = M.type(canonicalName(Named->getDecl())))
      return Row;
    T = Named->desugar();
  }
  const auto *Tag = T->getAsTagDecl();
  const TypedefNameDecl *Name =
      Tag ? Tag->getTypedefNameForAnonDecl() : nullptr;
  return Name ? M.type(canonicalName(Name)) : nullptr;
}

/// A lock of which nothing says that its holder may not take it again.
bool UnitBuilder::mayRecur(const ValueDecl *D) const {
  QualType T = Ctx.getBaseElementType(D->getType());
  TypeFacts Facts = facts(T);
  return Facts.Row && Facts.Row->IsKindByInit && !PlainLocks.count(D);
}

TypeFacts UnitBuilder::facts(QualType T) const {
  TypeFacts F;
  for (;;) {
    if (const models::TypeRow *Row = typedefRow(T)) {
      F.Row = Row;
      F.Class = Row->Class;
      F.IsAlias |= Row->IsHandle;
      F.IsValue |= Row->Class == ir::TypeClass::Value; // or a pointer to it
      F.Record = T->getAsCXXRecordDecl();
      return F;
    }
    if (T->isReferenceType()) {
      F.IsAlias = true;
      T = T.getNonReferenceType();
    } else if (T->isPointerType()) {
      F.IsAlias = true;
      F.IsValue = true;
      T = T->getPointeeType();
      if (T->isFunctionType()) {
        F.Class = ir::TypeClass::Callable;
        return F;
      }
      if (T->isScalarType())
        return F;
    } else if (const auto *R = T->getAsCXXRecordDecl()) {
      F.Record = R;
      if (R->isLambda()) {
        F.Class = ir::TypeClass::Callable;
        return F;
      }
      const models::TypeRow *Row = M.type(canonicalName(R));
      // A class of the user's that is one of the modelled ones by inheritance.
      if (!Row && R->hasDefinition())
        for (const CXXBaseSpecifier &B : R->bases())
          if (const auto *BR = B.getType()->getAsCXXRecordDecl())
            if (B.getAccessSpecifier() == AS_public && !Row)
              Row = M.type(canonicalName(BR));
      if (!Row) {
        F.IsAlias |= isIterator(T) || isNodeHandle(T);
        if (isAnnotatedLock(R))
          F.Class = ir::TypeClass::Lock;
        return F;
      }
      F.IsAlias |= Row->IsHandle;
      // Smart pointers and wrappers are seen through.
      if (Row->IsHandle && Row->Class == ir::TypeClass::Other)
        if (const auto *S = dyn_cast<ClassTemplateSpecializationDecl>(R))
          if (S->getTemplateArgs().size() > 0 &&
              S->getTemplateArgs()[0].getKind() == TemplateArgument::Type) {
            F.Row = Row;
            F.IsValue = true;
            TypeFacts Inner = facts(S->getTemplateArgs()[0].getAsType());
            F.Class = Inner.Class;
            F.Record = Inner.Record;
            return F;
          }
      F.Row = Row;
      F.Class = Row->Class;
      F.IsValue |= Row->Class == ir::TypeClass::Value; // or a pointer to it
      return F;
    } else {
      if (T->isIntegralOrEnumerationType()) {
        F.Class = ir::TypeClass::Value;
        F.IsValue = true;
      } else if (T->isMemberPointerType() || T->isFunctionType()) {
        F.Class = ir::TypeClass::Callable;
      } else if (const auto *A = Ctx.getAsArrayType(T)) {
        TypeFacts Inner = facts(A->getElementType());
        F.Record = Inner.Record;
      }
      return F;
    }
  }
}

} // namespace heddle::extract
