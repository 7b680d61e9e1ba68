//===- LowerValue.cpp - Expressions as places, values, callables ----------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "extract/Lowering.h"
#include "extract/Names.h"
#include "clang/AST/DeclTemplate.h"
#include "llvm/Support/SaveAndRestore.h"
#include "llvm/Support/xxhash.h"

using namespace clang;

namespace heddle::extract {

/// Deeper expressions have no value that a branch could be decided by.
static constexpr unsigned MaxValueDepth = 64;

/// E without what neither computes nor changes identity.
const Expr *Lowering::bare(const Expr *E) {
  while (E) {
    const Expr *Next = E->IgnoreParens();
    if (const auto *C = dyn_cast<CastExpr>(Next))
      Next = C->getSubExpr();
    else if (const auto *X = dyn_cast<FullExpr>(Next))
      Next = X->getSubExpr();
    else if (const auto *X = dyn_cast<MaterializeTemporaryExpr>(Next))
      Next = X->getSubExpr();
    else if (const auto *X = dyn_cast<CXXBindTemporaryExpr>(Next))
      Next = X->getSubExpr();
    else if (const auto *X = dyn_cast<CXXDefaultInitExpr>(Next))
      Next = X->getExpr();
    else if (const auto *X = dyn_cast<CXXRewrittenBinaryOperator>(Next))
      Next = X->getSemanticForm();
    else if (const auto *X = dyn_cast<SubstNonTypeTemplateParmExpr>(Next))
      Next = X->getReplacement();
    else if (const auto *X = dyn_cast<InitListExpr>(Next);
             X && X->isSemanticForm() && X->isTransparent())
      Next = X->getInit(0); // int N{Count}
    if (Next == E)
      return E;
    E = Next;
  }
  return E;
}

/// The lambda whose init-capture V is; null for another variable.
static const CXXRecordDecl *makerOf(const VarDecl *V) {
  if (!V->isInitCapture())
    return nullptr;
  const auto *Call = dyn_cast<CXXMethodDecl>(V->getDeclContext());
  return Call ? Call->getParent() : nullptr;
}

ObjId Lowering::placeOf(const ValueDecl *V) {
  if (const auto *Binding = dyn_cast<BindingDecl>(V)) {
    if (const VarDecl *Holding = Binding->getHoldingVar()) {
      ObjId O = place(Holding->getInit());
      return O ? O : placeOf(Holding);
    }
    return Binding->getBinding() ? place(Binding->getBinding()) : ObjId();
  }
  const auto *Var = dyn_cast<VarDecl>(V);
  if (!Var)
    return {};
  if (auto It = B.References.find(Var->getCanonicalDecl());
      It != B.References.end())
    return It->second;
  // A lambda's own copy of what it captured by value.
  const auto *Method = dyn_cast<CXXMethodDecl>(D);
  const CXXRecordDecl *Maker = makerOf(Var);
  if (Method && Method->getParent()->isLambda())
    for (const LambdaCapture &C : Method->getParent()->captures())
      if (C.capturesVariable() && C.getCapturedVar() == Var)
        if ((Maker && Maker == Method->getParent()) || isCopied(C))
          return B.capture(F, Var);
  // A lambda in a lambda uses what the outer one made.
  if (Maker)
    for (FuncId Outer : closureTargets(Maker))
      for (FuncId At = F; At; At = B.Unit.function(At).Parent)
        if (At == Outer)
          return B.capture(Outer, Var);
  return B.variable(Var);
}

/// Member of Base, which is the place O. A lock of an object without a name
/// keeps its declaration.
ObjId Lowering::memberOf(const Expr *Base, ObjId O, const ValueDecl *Member) {
  if (!O && B.facts(Member->getType()).Class == ir::TypeClass::Lock) {
    const Expr *E = bare(Base);
    ObjId &Some = Unnamed[E];
    if (!Some)
      Some = B.element(
          B.temp(F, E->getType(), B.span(E->getBeginLoc()), "unknown object"),
          E->getType());
    O = Some;
  }
  return B.field(O, Member);
}

ObjId Lowering::place(const Expr *E) {
  E = bare(E);
  if (!E)
    return {};
  if (auto It = Results.find(E); It != Results.end()) {
    const ir::Operand &R = It->second;
    if (R.K == ir::Operand::Kind::Place)
      return R.Obj;
    if (R.K == ir::Operand::Kind::Value && R.Value &&
        R.Value->Kind == ir::ExprKind::Var)
      return R.Value->Obj;
    return R.K == ir::Operand::Kind::Function ? R.Fn->Place : ObjId();
  }
  if (const auto *R = dyn_cast<DeclRefExpr>(E))
    return placeOf(R->getDecl());
  if (const auto *R = dyn_cast<MemberExpr>(E)) {
    if (isa<VarDecl>(R->getMemberDecl()))
      return placeOf(R->getMemberDecl());
    if (isReceipt(R->getBase()))
      return found(R);
    if (isa<FieldDecl>(R->getMemberDecl()))
      return memberOf(R->getBase(), place(R->getBase()), R->getMemberDecl());
    return {};
  }
  if (isa<CXXThisExpr>(E))
    return Constructed ? Constructed : B.thisObject(F);
  if (const auto *U = dyn_cast<UnaryOperator>(E)) {
    switch (U->getOpcode()) {
    case UO_AddrOf:
    case UO_Deref:
    case UO_PreInc:
    case UO_PreDec:
      return place(U->getSubExpr());
    default:
      return {};
    }
  }
  if (const auto *A = dyn_cast<ArraySubscriptExpr>(E))
    return B.element(place(A->getBase()), A->getType());
  if (auto It = Targets.find(E); It != Targets.end())
    return It->second;
  if (const auto *O = dyn_cast<BinaryOperator>(E))
    return O->isAssignmentOp()          ? place(O->getLHS())
           : O->getOpcode() == BO_Comma ? place(O->getRHS())
                                        : ObjId();
  return {};
}

/// No value of T is below zero: "not zero" is then "above zero", which an
/// interval can hold.
bool Lowering::isNeverNegative(QualType T) {
  T = T.getNonReferenceType();
  return T->isBooleanType() || T->isPointerType() || T->isNullPtrType() ||
         T->isRecordType() || T->isUnsignedIntegerOrEnumerationType();
}

/// E as a condition.
ir::ExprRef Lowering::truth(const Expr *E) {
  ir::ExprRef V = value(E);
  const Expr *Bare = bare(E);
  if (V->Kind == ir::ExprKind::Var && Bare && isNeverNegative(Bare->getType()))
    return ir::Expr::binary(ir::ExprKind::Gt, V, ir::Expr::integer(0));
  return V;
}

/// A number above zero, the same for equal texts alone, as far as that goes,
/// and in their order where they differ early.
ir::ExprRef Lowering::textValue(llvm::StringRef Text) {
  uint64_t Number = 0;
  for (size_t I = 0; I < 5; ++I)
    Number = Number << 8 | (I < Text.size() ? uint8_t(Text[I]) : 0);
  Number = Number << 22 | (llvm::xxh3_64bits(Text) >> 42);
  return ir::Expr::integer(int64_t(Number) + 1);
}

ir::ExprRef Lowering::value(const Expr *E) {
  if (!E)
    return ir::Expr::unknown();
  E = E->IgnoreParens();
  // Whether a weak function is there is the same wherever it is asked.
  if (const auto *Fn = dyn_cast_or_null<DeclRefExpr>(bare(E));
      Fn && isa<FunctionDecl>(Fn->getDecl()))
    return ir::Expr::integer(1);
  // A long sum is a deep tree. Its parts are looked at once each: the operators
  // that are kept are not evaluated as a whole first.
  const auto *Kept = dyn_cast<BinaryOperator>(bare(E));
  if (Kept && !isKept(Kept))
    Kept = nullptr;
  if (ValueDepth >= MaxValueDepth)
    return ir::Expr::unknown();
  llvm::SaveAndRestore<unsigned> Deeper(ValueDepth, ValueDepth + 1);
  Expr::EvalResult Constant;
  if (!Kept && !E->isValueDependent() &&
      E->getType()->isIntegralOrEnumerationType() &&
      E->EvaluateAsInt(Constant, B.Ctx) &&
      Constant.Val.getInt().isRepresentableByInt64())
    return ir::Expr::integer(Constant.Val.getInt().getExtValue());
  E = bare(E);
  if (auto It = Results.find(E); It != Results.end()) {
    if (It->second.K == ir::Operand::Kind::Value)
      return It->second.Value;
    if (It->second.K == ir::Operand::Kind::Place)
      return ir::Expr::var(It->second.Obj);
    return ir::Expr::unknown();
  }
  if (isa<CXXNullPtrLiteralExpr, GNUNullExpr>(E))
    return ir::Expr::integer(0);
  if (const auto *L = dyn_cast<clang::StringLiteral>(E))
    return textValue(L->getBytes());
  if (isa<CXXThisExpr>(E))
    return ir::Expr::integer(1);
  if (const auto *U = dyn_cast<UnaryOperator>(E)) {
    if (U->getOpcode() == UO_LNot)
      return ir::Expr::unary(ir::ExprKind::Not, truth(U->getSubExpr()));
    if (U->getOpcode() == UO_AddrOf)
      return ir::Expr::integer(1);
    if (U->getOpcode() == UO_PreInc || U->getOpcode() == UO_PreDec)
      return value(U->getSubExpr());
    // The change was made by now: what it was before is one less or more.
    if (U->isPostfix() && U->getType()->isIntegralOrEnumerationType() &&
        !U->getSubExpr()->getType().isVolatileQualified())
      if (ObjId O = place(U->getSubExpr()))
        return ir::Expr::binary(U->isIncrementOp() ? ir::ExprKind::Minus
                                                   : ir::ExprKind::Plus,
                                ir::Expr::var(O), ir::Expr::integer(1));
    return ir::Expr::unknown();
  }
  if (const auto *O = dyn_cast<BinaryOperator>(E)) {
    if (O->getOpcode() == BO_Comma)
      return value(O->getRHS());
    if (O->getOpcode() == BO_Assign)
      return value(O->getLHS());
    if (O->isCompoundAssignmentOp())
      return value(O->getLHS());
    return binaryValue(O);
  }
  if (isa<DeclRefExpr, MemberExpr>(E)) {
    if (E->getType().isVolatileQualified() || !B.facts(E->getType()).IsValue)
      return ir::Expr::unknown();
    if (ObjId O = place(E))
      return ir::Expr::var(O);
  }
  return ir::Expr::unknown();
}

/// The call operators of closure or functor class R. A generic lambda has one
/// for every way that it was called.
std::vector<FuncId> Lowering::closureTargets(const CXXRecordDecl *R) {
  std::vector<FuncId> Out;
  auto Add = [&](const FunctionDecl *Op) {
    if (FuncId Target = linked(Op))
      Out.push_back(Target);
  };
  for (const Decl *Member : R->decls()) {
    if (const auto *M = dyn_cast<CXXMethodDecl>(Member)) {
      if (M->getOverloadedOperator() == OO_Call)
        Add(M);
    } else if (const auto *T = dyn_cast<FunctionTemplateDecl>(Member)) {
      if (T->getTemplatedDecl()->getOverloadedOperator() == OO_Call)
        for (const FunctionDecl *S : T->specializations())
          Add(S);
    }
  }
  return Out;
}

/// Lambda Targets is made in the function at hand or in one around it, whose
/// variables are at hand too.
bool Lowering::isMadeAround(const std::vector<FuncId> &Targets) const {
  for (FuncId T : Targets) {
    FuncId Maker = B.Unit.function(T).Parent;
    for (FuncId At = F; Maker && At != Maker; At = B.Unit.function(At).Parent)
      if (!At)
        return false;
  }
  return true;
}

ir::Callable Lowering::callable(const Expr *E) {
  ir::Callable C;
  C.Name = "function";
  E = bare(E);
  if (!E) {
    C.Open = true;
    return C;
  }
  if (auto It = Results.find(E); It != Results.end()) {
    if (It->second.K == ir::Operand::Kind::Function)
      return *It->second.Fn;
    if (It->second.K == ir::Operand::Kind::Place) {
      C.Place = It->second.Obj;
      C.Name = B.Unit.describe(C.Place);
    }
  }
  if (const auto *R = E->getType().getNonReferenceType()->getAsCXXRecordDecl();
      R &&
      (!C.Place || B.Unit.object(C.Place).Type != ir::TypeClass::Callable)) {
    C.Targets = R->hasDefinition() ? closureTargets(R->getDefinition())
                                   : std::vector<FuncId>();
    if (!C.Targets.empty()) {
      C.Name = R->isLambda() ? "lambda" : canonicalName(R);
      C.Place = {};
      if (!R->isLambda())
        C.This = place(E);
      else if (!isMadeAround(C.Targets))
        C.Place = place(E); // That one knows what it captured.
      return C;
    }
  }
  if (const auto *U = dyn_cast<UnaryOperator>(E))
    if (U->getOpcode() == UO_AddrOf || U->getOpcode() == UO_Deref)
      E = bare(U->getSubExpr());
  const ValueDecl *V = nullptr;
  if (const auto *R = dyn_cast<DeclRefExpr>(E))
    V = R->getDecl();
  else if (const auto *M = dyn_cast<MemberExpr>(E))
    V = M->getMemberDecl();
  if (const auto *Fn = dyn_cast_or_null<FunctionDecl>(V)) {
    C.Name = canonicalName(Fn);
    if (FuncId Target = linked(Fn))
      C.Targets.push_back(Target);
    else
      C.Open = true;
    return C;
  }
  if (!C.Place)
    C.Place = place(E);
  if (!C.Place)
    C.Open = true;
  else if (V)
    C.Name = V->getNameAsString();
  return C;
}

static bool isCallableType(QualType T, const TypeFacts &Facts) {
  return Facts.Class == ir::TypeClass::Callable || T->isFunctionType();
}

ir::Operand Lowering::operand(const Expr *E) {
  const Expr *Bare = bare(E);
  if (!Bare)
    return ir::Operand::none();
  if (auto It = Results.find(Bare); It != Results.end())
    return It->second;
  QualType T = Bare->getType();
  TypeFacts Facts = B.facts(T);
  if (isCallableType(T, Facts))
    return ir::Operand::function(callable(Bare));
  if (const auto *R = T.getNonReferenceType()->getAsCXXRecordDecl())
    if (!Facts.Row && R->hasDefinition() &&
        !closureTargets(R->getDefinition()).empty() && !place(Bare))
      return ir::Operand::function(callable(Bare));
  if (ObjId O = place(Bare))
    return ir::Operand::place(O);
  if (Facts.IsValue || isa<clang::StringLiteral>(Bare))
    return ir::Operand::value(value(E));
  return ir::Operand::none();
}

/// `c ? a : b`, at the end of a or b: the whole denotes, or is as much as,
/// that one.
void Lowering::chooseArm(const ConditionalOperator *C, const Expr *Arm) {
  QualType T = C->getType();
  TypeFacts Facts = B.facts(T);
  ir::Operand In = operand(Arm);
  // Of string literals of one length the whole is an array, and no pointer yet.
  bool IsText = T->isArrayType() && isa<StringLiteral>(bare(Arm));
  if (IsText) {
    T = B.Ctx.getDecayedType(T);
    Facts = B.facts(T);
    In = ir::Operand::value(value(Arm));
  }
  if (T->isVoidType() || Arm->getType()->isVoidType() ||
      (In.K == ir::Operand::Kind::None && !Facts.IsValue))
    return;
  SourceSpan Loc = B.span(Arm->getSourceRange());
  // What is written to, or referred to, is the arm itself and no copy of it.
  bool IsArm =
      Facts.IsValue && !Facts.IsAlias && C->isLValue() && !OnlyRead.count(C);
  ir::Operand &Whole = Results[C];
  if (Whole.K == ir::Operand::Kind::None) {
    ObjId Chosen = B.temp(F, T, B.span(C->getSourceRange()), "chosen");
    B.Unit.Objects[Chosen.index()].IsAlias |= !Facts.IsValue || IsArm;
    Whole = ir::Operand::place(Chosen);
  }
  ObjId Chosen = Whole.Obj;
  if (IsArm) {
    ObjId O = place(Arm);
    emit(ir::OpKind::Bind, Loc, Chosen).Args = {
        ir::Operand::place(O ? O : B.temp(F, T, Loc, "unknown"))};
    return;
  }
  if (Facts.IsValue && !Facts.IsAlias)
    In = ir::Operand::value(value(Arm));
  assign(Chosen, std::move(In), T, Loc);
  if (Facts.Class == ir::TypeClass::Value)
    copyContent(Chosen, Arm, Loc);
}

/// What a task gets of argument E, which is copied for it: a pointer or
/// reference wrapper has a name of its own, so that it is told from a copy of
/// what it refers to.
ir::Operand Lowering::passed(const Expr *E) {
  ir::Operand To = operand(E);
  QualType T = E->getType().getNonReferenceType();
  if (To.K != ir::Operand::Kind::Place || !B.facts(T).IsAlias)
    return To;
  const ir::Object &O = B.Unit.object(To.Obj);
  if (O.IsAlias ||
      (O.Type != ir::TypeClass::Other && O.Type != ir::TypeClass::Value))
    return To;
  SourceSpan Loc = B.span(E->getSourceRange());
  ObjId Pointer = B.temp(F, T, Loc, "argument");
  emit(ir::OpKind::Bind, Loc, Pointer).Args = {std::move(To)};
  return ir::Operand::place(Pointer);
}

ObjId Lowering::resultTemp(const Expr *E, const char *Name) {
  ObjId T = B.temp(F, E->getType(), B.span(E->getBeginLoc()), Name);
  Results[E] = ir::Operand::place(T);
  return T;
}

} // namespace heddle::extract
