//===- LowerConstruct.cpp - How objects begin and pointers are set --------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Constructors, those that nobody wrote too, copies, and pointers that are set
// anew.
//
//===----------------------------------------------------------------------===//

#include "extract/Lowering.h"
#include "extract/Names.h"
#include "clang/AST/DeclTemplate.h"
#include "llvm/Support/SaveAndRestore.h"

using namespace clang;

namespace heddle::extract {

/// The arguments that a member's initialiser constructs it from.
static llvm::SmallVector<const Expr *, 4> argumentsOf(const Expr *Init) {
  llvm::SmallVector<const Expr *, 4> Out;
  if (!Init)
    return Out;
  Init = Init->IgnoreImplicit();
  // `Channel<int> c = Channel<int>(1)` makes one object.
  if (const auto *Cast = dyn_cast<CXXFunctionalCastExpr>(Init))
    Init = Cast->getSubExpr()->IgnoreImplicit();
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

/// A member's initialiser that is what some function returns.
bool Lowering::isMadeByCall(const Expr *Init) {
  const Expr *E = Init ? bare(Init) : nullptr;
  return E && isa<CallExpr>(E);
}

/// A copy of an R is as good as the original: nothing that it has ends by its
/// own code, and none of it belongs to one object alone.
bool Lowering::isPlainData(const CXXRecordDecl *R, unsigned Depth) const {
  if (!R || !R->hasDefinition() || Depth > 4)
    return false;
  R = R->getDefinition();
  if (const models::TypeRow *Row = B.M.type(canonicalName(R)))
    if (Row->OwnsReferent ||
        (Row->Class != ir::TypeClass::Other &&
         Row->Class != ir::TypeClass::Value && !Row->IsHandle))
      return false;
  auto IsPlain = [&](QualType T) {
    T = B.Ctx.getBaseElementType(T);
    const CXXRecordDecl *Class = T->getAsCXXRecordDecl();
    return !Class || isPlainData(Class, Depth + 1);
  };
  if (!B.isUserCode(R)) {
    const auto *S = dyn_cast<ClassTemplateSpecializationDecl>(R);
    if (S && B.M.type(canonicalName(R)))
      for (const TemplateArgument &A : S->getTemplateArgs().asArray())
        if (A.getKind() == TemplateArgument::Type && !IsPlain(A.getAsType()))
          return false;
    return true;
  }
  auto Writes = [](const CXXMethodDecl *M) { return M->isUserProvided(); };
  for (const CXXConstructorDecl *X : R->ctors())
    if (X->isCopyOrMoveConstructor() && Writes(X))
      return false;
  if (const CXXDestructorDecl *Dtor = R->getDestructor(); Dtor && Writes(Dtor))
    return false;
  return llvm::all_of(R->bases(),
                      [&](auto &Base) { return IsPlain(Base.getType()); }) &&
         llvm::all_of(R->fields(),
                      [&](auto *M) { return IsPlain(M->getType()); });
}

/// The calls and objects of an expression that is in no control-flow graph,
/// operands first.
void Lowering::lowerCalls(const Expr *E) {
  for (const Stmt *Child : E->children())
    if (const auto *Operand = dyn_cast_or_null<Expr>(Child))
      if (!isa<LambdaExpr>(Operand))
        lowerCalls(Operand);
  if (isa<CallExpr, CXXConstructExpr>(E))
    lowerStmt(E);
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
    if (isMadeByCall(Init) || (Init && Facts.Class == ir::TypeClass::Task)) {
      lowerCalls(Init);
      lowerInit(Part, T, Init, Loc);
    } else if (const CXXRecordDecl *Class = T->getAsCXXRecordDecl()) {
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
  emptyElement(To, Loc);
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
  if (!Owns)
    beginSharing(To, From, Loc);
  if (Owns && From->isXValue() && New.K == ir::Operand::Kind::Place &&
      New.Obj != To)
    pointNowhere(New.Obj, Loc);
}

void Lowering::lowerConstruct(const CXXConstructExpr *C) {
  auto Aimed = Targets.find(C);
  ObjId Target = Aimed == Targets.end() ? ObjId() : Aimed->second;
  const CXXConstructorDecl *Ctor = C->getConstructor();
  if (Ctor->isCopyOrMoveConstructor() && C->getNumArgs() > 0)
    return lowerCopy(C, Target);
  CallSite S = CallSite::of(C);
  if (!Target)
    Target = B.temp(F, C->getType(), B.span(C->getBeginLoc()), "temporary");
  Results[C] = ir::Operand::place(Target);
  constructIn(Target, C->getType()->getAsCXXRecordDecl(), S, 0);
}

/// The constructor to which a factory forwards these arguments: it takes as
/// many, and of those that do the one with the most parameters of just their
/// types.
static const CXXConstructorDecl *constructorFor(const CXXRecordDecl *R,
                                                ArrayRef<const Expr *> Args) {
  if (!R->hasDefinition())
    return nullptr;
  auto Plain = [](QualType T) {
    return T.getNonReferenceType().getCanonicalType().getUnqualifiedType();
  };
  const CXXConstructorDecl *Best = nullptr;
  unsigned BestMatches = 0;
  auto Consider = [&](const CXXConstructorDecl *X, unsigned Needed) {
    if (X->isCopyOrMoveConstructor() ||
        X->getMinRequiredArguments() > Args.size() ||
        (X->getNumParams() < Args.size() && !X->isVariadic()))
      return;
    unsigned Matches = 0;
    for (unsigned I = 0; I < Args.size() && I < X->getNumParams(); ++I)
      Matches +=
          Plain(X->getParamDecl(I)->getType()) == Plain(Args[I]->getType());
    if (Matches < Needed || (Best && Matches <= BestMatches))
      return;
    Best = X;
    BestMatches = Matches;
  };
  for (const CXXConstructorDecl *X : R->getDefinition()->ctors())
    Consider(X, 0);
  for (const Decl *D : R->getDefinition()->decls())
    if (const auto *T = dyn_cast<FunctionTemplateDecl>(D))
      for (const FunctionDecl *One : T->specializations())
        if (const auto *X = dyn_cast<CXXConstructorDecl>(One))
          Consider(X, 1); // The others were made for other calls.
  return Best;
}

/// `using Base::Base`: the base's constructor is given what this one is.
void Lowering::lowerInherited(const CXXInheritedCtorInitExpr *E) {
  ir::Callable Fn;
  Fn.Name = canonicalName(E->getConstructor());
  if (FuncId Callee = linked(E->getConstructor()))
    Fn.Targets.push_back(Callee);
  Fn.Open = Fn.Targets.empty();
  Fn.This = B.Unit.function(F).This;
  std::vector<ir::Operand> Args;
  for (const ParmVarDecl *P : D->parameters())
    Args.push_back(ir::Operand::place(B.variable(P)));
  emitCall(std::move(Fn), std::move(Args), nullptr);
  cur().Ops.back().Loc = B.span(E->getLocation());
}

/// Makes an object of class R in Target from the arguments of S after
/// FirstArg; S.Callee, when a constructor of R, says which.
void Lowering::constructIn(ObjId Target, const CXXRecordDecl *R,
                           const CallSite &Call, unsigned FirstArg) {
  if (!R)
    return;
  CallSite S = Call;
  S.This = nullptr;
  S.Args.erase(S.Args.begin(), S.Args.begin() + FirstArg);
  const auto *Ctor = dyn_cast_or_null<CXXConstructorDecl>(S.Callee);
  if (!Ctor || Ctor->getParent()->getCanonicalDecl() != R->getCanonicalDecl()) {
    const CXXRecordDecl *Of =
        S.Args.size() == 1
            ? S.Args[0]->getType().getNonReferenceType()->getAsCXXRecordDecl()
            : nullptr;
    const bool Copies = Of && Of->getCanonicalDecl() == R->getCanonicalDecl() &&
                        place(S.Args[0]);
    Ctor = Copies ? nullptr : constructorFor(R, S.Args);
    S.Callee = Ctor;
    // A named object lives on beside its copy.
    if (Copies && !B.M.type(canonicalName(R)) &&
        B.Unit.object(B.Unit.root(place(S.Args[0]))).Kind !=
            ir::ObjectKind::Temp)
      S.Callee = Ctor = copierOf(R, S.Args[0]->isXValue());
    if (Copies && !Ctor && (isPlainData(R, 0) || B.M.type(canonicalName(R)))) {
      ir::Operand Made = Results.lookup(S.E);
      copyTo(Target, S.Args[0], S.Args[0]->getType().getNonReferenceType(),
             B.span(S.E->getSourceRange()));
      Results[S.E] = Made;
      return;
    }
  }
  if (const models::CallRow *Row = matchMember(R, R->getName(), S.Args, B.M))
    return lowerRow(S, *Row, Target);
  const models::TypeRow *Type = B.M.type(canonicalName(R));
  SourceSpan Loc = B.span(S.E->getSourceRange());
  if (makeContainer(Target, R, S) || makeParts(Target, R, S))
    return;
  if (Type && Type->Class == ir::TypeClass::Callable && S.Args.size() == 1) {
    ir::Operand From = operand(S.Args[0]);
    Results[S.E] = From;
    emit(ir::OpKind::Bind, Loc, Target).Args = {From};
    return;
  }
  if (Type && Type->IsText) {
    emit(ir::OpKind::Set, Loc, Target).Args = {
        ir::Operand::value(S.Args.empty()       ? textValue("")
                           : S.Args.size() == 1 ? value(S.Args[0])
                                                : ir::Expr::unknown())};
    return;
  }
  if (Type && Type->IsOneOf)
    return makeVariant(Target, R, S);
  if (Type && Type->Class == ir::TypeClass::Value) {
    int64_t Filled = S.Args.size() >= 1;
    if (Filled)
      if (const auto *A =
              S.Args[0]->getType().getNonReferenceType()->getAsCXXRecordDecl())
        if (A->getName() == "nullopt_t")
          Filled = 0;
    emit(ir::OpKind::Set, Loc, Target).Args = {
        ir::Operand::value(ir::Expr::integer(Filled))};
    if (Filled && isInPlace(S.Args[0]))
      constructContent(Target, R, S, 1);
    else if (Filled && S.Args.size() == 1)
      copyContent(Target, S.Args[0], Loc);
    return;
  }
  if (Type && Type->IsHandle && Type->Class == ir::TypeClass::Other) {
    // A smart pointer from nothing or from another pointer.
    ObjId From = S.Args.empty() ? ObjId() : place(S.Args[0]);
    if (From)
      emit(ir::OpKind::Bind, Loc, Target).Args = {ir::Operand::place(From)};
    giveDeleter(S);
    if (From && !Type->OwnsReferent)
      beginSharing(Target, S.Args[0], Loc);
    // An owner that is moved from has nothing left to end.
    if (From && Type->OwnsReferent && S.Args[0]->isXValue())
      pointNowhere(From, Loc);
    if (!From && (S.Args.empty() || isNull(S.Args[0])))
      pointNowhere(Target, Loc);
    else if (!From)
      emit(ir::OpKind::Set, Loc, Target).Args = {
          ir::Operand::value(ir::Expr::unknown())};
    return;
  }
  if (Type && Type->Class == ir::TypeClass::Task && S.Args.size() == 1)
    if (ObjId From = place(S.Args[0]);
        From && B.Unit.object(From).Type == ir::TypeClass::Task) {
      // A shared_future of a future.
      emit(ir::OpKind::Bind, Loc, Target).Args = {ir::Operand::place(From)};
      return;
    }
  if (userBody(Ctor)) {
    ir::Callable Fn;
    Fn.Targets.push_back(linked(Ctor));
    Fn.This = Target;
    Fn.Name = canonicalName(Ctor);
    std::vector<ir::Operand> Args;
    for (const Expr *A : S.Args)
      Args.push_back(operand(A));
    giveAway(Ctor, Args);
    addDefaults(Ctor, Args);
    ir::Operand Made = Results.lookup(S.E);
    emitCall(std::move(Fn), std::move(Args), nullptr);
    cur().Ops.back().Loc = Loc;
    Results[S.E] = Made;
    return;
  }
  // Nobody who is read calls it, so it has no body yet.
  bool IsImplicit =
      Ctor ? Ctor->isDefaulted() && Ctor->isDefaultConstructor()
           : R->hasDefinition() &&
                 R->getDefinition()->needsImplicitDefaultConstructor();
  if (IsImplicit && S.Args.empty() && B.isUserCode(R))
    return constructImplicitly(Target, R->getDefinition(), S);
  bool Matters = false;
  std::vector<ir::Operand> Args;
  for (const Expr *A : S.Args) {
    Args.push_back(operand(A));
    Matters |= matters(Args.back(), A);
  }
  FuncId Callee = linked(Ctor);
  if (!Matters && !Callee)
    return;
  ir::Callable Fn;
  Fn.Open = !Callee;
  if (Callee)
    Fn.Targets.push_back(Callee);
  Fn.Name = canonicalName(R);
  Fn.This = Target;
  emitCall(std::move(Fn), std::move(Args), nullptr);
  cur().Ops.back().Loc = Loc;
  if (!Matters)
    cur().Ops.back().When = ir::Given::Seen;
}

} // namespace heddle::extract
