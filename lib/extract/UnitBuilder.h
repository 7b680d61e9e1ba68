//===- UnitBuilder.h - Declarations become ids ----------------*- C++ -*-===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Role: the tables of the unit that is being made: one ObjId per variable, one
// FuncId per function, one FileId per file, and what the models say of types.
// Invariants: a declaration gets its id when it is first asked for; the same
// canonical declaration always gets the same id.
//
//===----------------------------------------------------------------------===//
#ifndef HEDDLE_EXTRACT_UNITBUILDER_H
#define HEDDLE_EXTRACT_UNITBUILDER_H

#include "ir/Skeleton.h"
#include "models/Model.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/StringMap.h"
#include <set>

namespace heddle::extract {

/// What a type is to the engine, seen through references and pointers.
struct TypeFacts {
  ir::TypeClass Class = ir::TypeClass::Other;
  /// Null when the models do not know the class.
  const models::TypeRow *Row = nullptr;
  /// Reference, pointer or handle: an object of this type denotes another.
  bool IsAlias = false;
  /// Its value is tracked: integer, bool, enumeration, pointer, optional.
  bool IsValue = false;
  /// The class, seen through references, pointers and owning handles.
  const clang::CXXRecordDecl *Record = nullptr;
};

class UnitBuilder {
public:
  UnitBuilder(clang::ASTContext &Ctx, const models::Model &M)
      : Ctx(Ctx), M(M) {}

  clang::ASTContext &Ctx;
  const models::Model &M;
  ir::Unit Unit;

  FuncId function(const clang::FunctionDecl *D);
  /// Stands for the default constructor of R, of which the AST has no body. It
  /// calls Bases, those of R's bases.
  FuncId implicitConstructor(const clang::CXXRecordDecl *R,
                             const std::vector<FuncId> &Bases);
  ObjId variable(const clang::VarDecl *D);
  /// *this of the method D.
  ObjId thisObject(FuncId F);
  ObjId temp(FuncId F, clang::QualType T, SourceSpan Loc, const char *Name);
  ObjId field(ObjId Base, const clang::ValueDecl *Member);
  ObjId element(ObjId Base, clang::QualType T);
  /// The part Name of Base, which is of type T.
  ObjId partLike(ObjId Base, const char *Name, clang::QualType T);
  /// The same, of a pair or tuple: no class declares it.
  ObjId piece(ObjId Base, const std::string &Name, clang::QualType T);
  /// Lambda F's own copy of D.
  ObjId capture(FuncId F, const clang::VarDecl *D);

  TypeFacts facts(clang::QualType T) const;
  /// A promise, or an object that ends one when it ends itself.
  bool holdsPromise(clang::QualType T) const;
  /// A lock by its attributes alone; see LowerAnnotated.cpp.
  bool isAnnotatedLock(const clang::CXXRecordDecl *R) const;
  SourceSpan span(clang::SourceRange R);
  SourceSpan span(clang::SourceLocation L);

  /// In the user's own code: neither a system header nor the inside of a
  /// modelled library (unless that is the file under analysis).
  bool isUserCode(const clang::Decl *D) const;
  /// A variable of a library, which knows how to guard it (std::cerr).
  bool isForeign(ObjId O) const { return Foreign.count(O) != 0; }
  /// Only the file under analysis can name D.
  bool isUnitLocal(const clang::NamedDecl *D) const;
  bool inMainFile(clang::SourceLocation L) const;

  /// What a local reference was bound to when it was declared.
  llvm::DenseMap<const clang::VarDecl *, ObjId> References;
  /// Locks by declaration that begin as plain ones; see LockKinds.h.
  llvm::DenseSet<const clang::ValueDecl *> PlainLocks;
  /// Canonical method -> the definitions in this unit that override it.
  llvm::DenseMap<const clang::CXXMethodDecl *,
                 llvm::SmallVector<const clang::CXXMethodDecl *, 4>>
      Overriders;

private:
  FileId file(clang::FileID F);
  ObjId addObject(ir::Object O, clang::QualType T);
  const models::TypeRow *typedefRow(clang::QualType &T) const;
  bool mayRecur(const clang::ValueDecl *D) const;
  ObjId addThis(FuncId Owner, SourceSpan Loc);
  bool findPromise(const clang::CXXRecordDecl *R) const;
  void linkage(ir::Object &O, const clang::VarDecl *D) const;

  llvm::DenseMap<const clang::Decl *, FuncId> Functions;
  llvm::DenseMap<const clang::Decl *, ObjId> Variables;
  llvm::DenseMap<std::pair<const clang::Decl *, unsigned>, ObjId> Captures;
  llvm::DenseMap<clang::FileID, FileId> Files;
  void tellApart(ir::Function &F, FuncId Id);
  llvm::StringMap<FuncId> Usrs;
  std::set<ObjId> Foreign;
  mutable llvm::DenseMap<const clang::CXXRecordDecl *, bool> AnnotatedLocks;
  mutable llvm::DenseMap<const clang::CXXRecordDecl *, bool> Promises;
};

} // namespace heddle::extract

#endif // HEDDLE_EXTRACT_UNITBUILDER_H
