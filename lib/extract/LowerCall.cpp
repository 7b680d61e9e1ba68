//===- LowerCall.cpp - Calls by model row or by body ----------------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "extract/Lowering.h"
#include "extract/Names.h"

using namespace clang;

namespace heddle::extract {

/// The definition of Callee when its body is part of the skeleton.
const FunctionDecl *Lowering::userBody(const FunctionDecl *Callee) const {
  if (!Callee || Callee->isDependentContext())
    return nullptr;
  const FunctionDecl *Body = nullptr;
  if (!Callee->hasBody(Body) || !B.isUserCode(Body))
    return nullptr;
  return Body;
}

/// What a call of Callee is to be linked to: a function with a body here, or
/// one of the user's that another unit may have. None for all others.
FuncId Lowering::linked(const FunctionDecl *Callee) {
  if (const FunctionDecl *Body = userBody(Callee))
    return B.function(Body);
  if (!Callee || Callee->isDependentContext() || Callee->isImplicit() ||
      Callee->isDefaulted() || Callee->isDeleted() || Callee->isPureVirtual() ||
      Callee->getBuiltinID() != 0 || !Callee->isExternallyVisible() ||
      Callee->hasBody() || !B.isUserCode(Callee))
    return {};
  return B.function(Callee);
}

const Expr *Lowering::roleExpr(const models::Role &R, const CallSite &S) {
  switch (R.K) {
  case models::Role::Kind::This:
    return S.This;
  case models::Role::Kind::Arg:
  case models::Role::Kind::Rest:
    return R.Index < int64_t(S.Args.size()) ? S.Args[R.Index] : nullptr;
  default:
    return nullptr;
  }
}

ObjId Lowering::rolePlace(const models::Role &R, const CallSite &S,
                          ObjId Result) {
  if (R.K == models::Role::Kind::Result)
    return Result ? Result : resultTemp(S.E, "result");
  return place(roleExpr(R, S));
}

std::vector<ir::Operand> Lowering::roleOperands(const models::Role &R,
                                                const CallSite &S,
                                                bool IsForTask) {
  std::vector<ir::Operand> Out;
  auto Operand = [&](const Expr *E) {
    return IsForTask ? passed(E) : operand(E);
  };
  if (R.K == models::Role::Kind::Int)
    Out.push_back(ir::Operand::value(ir::Expr::integer(R.Index)));
  else if (R.K == models::Role::Kind::Rest)
    for (size_t I = R.Index; I < S.Args.size(); ++I)
      Out.push_back(Operand(S.Args[I]));
  else if (const Expr *E = roleExpr(R, S))
    Out.push_back(Operand(E));
  return Out;
}

void Lowering::emitCall(ir::Callable Fn, std::vector<ir::Operand> Args,
                        const Expr *E, bool Deferred) {
  ObjId Result;
  if (E && !E->getType()->isVoidType())
    Result = resultTemp(E, "returned");
  // For a deferred call the destructor's caller sets the location.
  ir::Op &Call = emit(ir::OpKind::Call,
                      E ? B.span(E->getSourceRange()) : SourceSpan(), Fn.This);
  Call.Fn = std::move(Fn);
  Call.Args = std::move(Args);
  Call.Result = Result;
  Call.Deferred = Deferred;
  size_t At = cur().Ops.size() - 1;
  BlockId Here = Cur;
  BlockId Unwind = unwindFrom(E); // May grow Blocks.
  Blocks[Here.index()].Ops[At].Unwind = Unwind;
}

void Lowering::lowerCall(const CallSite &S) {
  if (lowerIteratorUse(S))
    return;
  if (const models::CallRow *Row = matchCall(S, B.M))
    return lowerRow(S, *Row, {});
  if (lowerAnnotated(S))
    return;
  const auto *Method = dyn_cast_or_null<CXXMethodDecl>(S.Callee);
  // Calling an object: lambdas and functors by body, std::function by place.
  if (S.This && Method && Method->getOverloadedOperator() == OO_Call) {
    ir::Callable Fn = callable(S.This);
    if (Method->getParent()->isLambda() && userBody(Method)) {
      Fn.Targets = {B.function(userBody(Method))};
      Fn.Open = false;
      if (isMadeAround(Fn.Targets))
        Fn.Place = {};
      Fn.Name = "lambda";
    }
    if (!Fn.Targets.empty() ||
        B.facts(S.This->getType()).Class == ir::TypeClass::Callable) {
      std::vector<ir::Operand> Args;
      for (const Expr *A : S.Args)
        Args.push_back(operand(A));
      return emitCall(std::move(Fn), std::move(Args), S.E);
    }
  }
  if (!S.Callee) {
    const auto *C = cast<CallExpr>(S.E);
    if (isa<CXXPseudoDestructorExpr>(C->getCallee()->IgnoreParens()))
      return;
    ir::Callable Fn;
    // (object.*member)(args): only known as far as the member pointer is.
    const auto *Op = dyn_cast<BinaryOperator>(C->getCallee()->IgnoreParens());
    if (Op && Op->isPtrMemOp()) {
      Fn = callable(Op->getRHS());
      Fn.This = place(Op->getLHS());
    } else {
      Fn = callable(C->getCallee());
    }
    std::vector<ir::Operand> Args;
    for (const Expr *A : S.Args)
      Args.push_back(operand(A));
    return emitCall(std::move(Fn), std::move(Args), S.E);
  }
  if (userBody(S.Callee) ||
      (Method && Method->isVirtual() && B.isUserCode(Method)))
    return lowerUserCall(S);
  if (lowerAssignment(S) || lowerContainer(S))
    return;
  lowerOpenCall(S);
}

/// Fn, which calls Method, may be a call of any that overrides it.
void Lowering::addOverriders(const CXXMethodDecl *Method, ir::Callable &Fn) {
  if (auto It = B.Overriders.find(Method->getCanonicalDecl());
      It != B.Overriders.end())
    for (const CXXMethodDecl *O : It->second)
      if (FuncId Target = linked(O))
        Fn.Targets.push_back(Target);
  Fn.Virtual = B.function(Method);
  // What another unit can derive from may be something else there.
  Fn.Open = !B.isUnitLocal(Method->getParent());
}

void Lowering::lowerUserCall(const CallSite &S) {
  ir::Callable Fn;
  Fn.Name = canonicalName(S.Callee);
  if (FuncId Target = linked(S.Callee))
    Fn.Targets.push_back(Target);
  const auto *Method = dyn_cast<CXXMethodDecl>(S.Callee);
  if (Method && S.This) {
    Fn.This = place(S.This);
    const auto *Member = dyn_cast<MemberExpr>(
        cast<CallExpr>(S.E)->getCallee()->IgnoreParenImpCasts());
    bool Virtual = Method->isVirtual() && !(Member && Member->hasQualifier());
    if (const CXXMethodDecl *Only =
            Virtual ? Method->getDevirtualizedMethod(S.This, false) : nullptr) {
      Virtual = false;
      Fn.Targets.clear();
      if (FuncId Target = linked(Only))
        Fn.Targets.push_back(Target);
    }
    if (Virtual)
      addOverriders(Method, Fn);
  }
  if (Fn.Targets.empty())
    Fn.Open = true;
  std::vector<ir::Operand> Args;
  for (unsigned I = 0; I < S.Args.size(); ++I)
    Args.push_back(argument(S, I));
  giveAway(S.Callee, Args);
  addDefaults(S.Callee, Args);
  emitCall(std::move(Fn), std::move(Args), S.E);
}

/// What Callee takes by value from Args is its own: it ends there.
void Lowering::giveAway(const FunctionDecl *Callee,
                        const std::vector<ir::Operand> &Args) {
  for (unsigned I = 0; I < Args.size() && I < Callee->getNumParams(); ++I)
    if (!Callee->getParamDecl(I)->getType()->isReferenceType() &&
        Args[I].K == ir::Operand::Kind::Place)
      GivenAway.insert(Args[I].Obj);
}

/// Args, of a call of Callee, gets the numbers that the call leaves out.
void Lowering::addDefaults(const FunctionDecl *Callee,
                           std::vector<ir::Operand> &Args) {
  for (size_t I = Args.size(); I < Callee->getNumParams(); ++I) {
    const ParmVarDecl *P = Callee->getParamDecl(unsigned(I));
    const Expr *E = P->hasDefaultArg() && !P->hasUninstantiatedDefaultArg() &&
                            !P->hasUnparsedDefaultArg()
                        ? P->getDefaultArg()
                        : nullptr;
    if (!E)
      return;
    bool IsNumber = P->getType()->isIntegralOrEnumerationType();
    ir::ExprRef V = IsNumber ? value(E) : ir::Expr::unknown();
    Args.push_back(V->Kind == ir::ExprKind::Int ? ir::Operand::value(V)
                                                : ir::Operand::none());
  }
}

ir::Operand Lowering::argument(const CallSite &S, unsigned I) {
  bool ByReference = I < S.Callee->getNumParams() &&
                     S.Callee->getParamDecl(I)->getType()->isReferenceType();
  ir::Operand A = operand(S.Args[I]);
  // A number is passed as a value unless the callee can change it; what an
  // optional or variant holds goes with it.
  TypeFacts Facts = B.facts(S.Args[I]->getType());
  if (A.K == ir::Operand::Kind::Place && !ByReference &&
      Facts.Class == ir::TypeClass::Value && !(Facts.Row && !Facts.Row->IsText))
    A = ir::Operand::value(value(S.Args[I]));
  return A;
}

/// `a = b` of class type, by an operator without a body in the unit: handles
/// and callables share afterwards, values and guards go over.
bool Lowering::lowerAssignment(const CallSite &S) {
  const auto *Method = dyn_cast_or_null<CXXMethodDecl>(S.Callee);
  if (!Method || !S.This || S.Args.size() != 1 ||
      Method->getOverloadedOperator() != OO_Equal)
    return false;
  QualType T = S.This->getType().getNonReferenceType();
  TypeFacts Facts = B.facts(T);
  ObjId To = place(S.This);
  SourceSpan Loc = B.span(S.E->getSourceRange());
  accessCallOperands(S);
  if (!To)
    return false;
  Results[S.E] = ir::Operand::place(To);
  if (assignParts(S))
    return true;
  loseReplaced(S.This, To, Loc);
  if (Facts.Class == ir::TypeClass::Guard) {
    if (ObjId From = place(S.Args[0])) {
      emit(ir::OpKind::GuardEnd, Loc, To);
      emit(ir::OpKind::GuardMove, Loc, To).Other = From;
    }
    return true;
  }
  if (isContainer(S.This)) {
    endElements(To, Facts.Record, Loc);
    ObjId List = listInBraces(S.Args[0], Loc);
    if (List)
      giveElements(To, List, Facts.Record, false, Loc);
    else if (isContainer(S.Args[0]))
      copyContainer(To, S.Args[0], Loc);
    else
      forgetElements(To, Loc, S.Args);
    return true;
  }
  if (Facts.Row && Facts.Row->IsText) {
    ir::ExprRef New = value(S.Args[0]);
    emit(ir::OpKind::Havoc, Loc, To); // its length too
    emit(ir::OpKind::Set, Loc, To).Args = {ir::Operand::value(New)};
    return true;
  }
  if (Facts.Row && Facts.Row->IsOneOf) {
    setVariant(To, T->getAsCXXRecordDecl(), S.Args[0], Loc);
    return true;
  }
  if (Facts.Class == ir::TypeClass::Value) {
    TypeFacts From = B.facts(S.Args[0]->getType());
    const CXXRecordDecl *R = From.Record;
    ir::ExprRef New =
        From.Class == ir::TypeClass::Value && From.Row
            ? value(S.Args[0])
            : ir::Expr::integer(!(R && R->getName() == "nullopt_t"));
    emit(ir::OpKind::Set, Loc, To).Args = {ir::Operand::value(New)};
    copyContent(To, S.Args[0], Loc);
    return true;
  }
  if (Facts.IsAlias || Facts.Class != ir::TypeClass::Other) {
    lowerInit(To, T, S.Args[0], Loc);
    return true;
  }
  // Members of the user's classes go over with the whole.
  ObjId From = place(S.Args[0]);
  if (From && From != To && Facts.Record && B.isUserCode(Facts.Record))
    emit(ir::OpKind::Bind, Loc, To).Args = {ir::Operand::place(From)};
  else
    emit(ir::OpKind::Havoc, Loc, To);
  return true;
}

/// Whether the engine has anything to lose when code that it cannot see gets
/// hold of the operand.
bool Lowering::matters(const ir::Operand &A, const Expr *E) const {
  if (A.K == ir::Operand::Kind::Function)
    return A.Fn->isPresent();
  if (A.K != ir::Operand::Kind::Place)
    return false;
  TypeFacts Facts = B.facts(E->getType());
  switch (Facts.Class) {
  case ir::TypeClass::Other:
    return (Facts.Record && B.isUserCode(Facts.Record)) ||
           mattersAsPart(E->getType());
  case ir::TypeClass::Value:
    return false;
  default:
    return true;
  }
}

/// A call of code that is not in the unit. It is kept only when it gets hold
/// of something, or when another unit may have the callee.
void Lowering::lowerOpenCall(const CallSite &S) {
  if (S.Callee->getDeclName().isIdentifier() && S.Callee->getName() == "get" &&
      S.Callee->isInStdNamespace() && lowerPart(S))
    return;
  if (lowerEquality(S))
    return;
  FuncId Callee = linked(S.Callee);
  BlockId Here = Cur;
  size_t First = cur().Ops.size();
  accessCallOperands(S);
  std::vector<ir::Operand> Args;
  bool Matters = false;
  for (unsigned I = 0; I < S.Args.size(); ++I) {
    Args.push_back(Callee ? argument(S, I) : operand(S.Args[I]));
    Matters |= matters(Args.back(), S.Args[I]);
    // What is passed for writing, as a void * too, is unknown afterwards.
    ir::TypeClass Class = Args.back().K == ir::Operand::Kind::Place
                              ? B.Unit.object(Args.back().Obj).Type
                              : ir::TypeClass::Callable;
    if (I < S.Callee->getNumParams() &&
        (Class == ir::TypeClass::Value || Class == ir::TypeClass::Other)) {
      QualType T = S.Callee->getParamDecl(I)->getType();
      if ((T->isReferenceType() || T->isPointerType()) &&
          !T->getPointeeType().isConstQualified())
        emit(ir::OpKind::Havoc, B.span(S.E->getBeginLoc()), Args.back().Obj);
    }
    if (Args.back().K == ir::Operand::Kind::Place &&
        I < S.Callee->getNumParams() && isContainer(S.Args[I])) {
      QualType T = S.Callee->getParamDecl(I)->getType();
      if (T->isLValueReferenceType() && !T->getPointeeType().isConstQualified())
        forgetElements(Args.back().Obj, B.span(S.E->getBeginLoc()));
    }
  }
  ObjId This = S.This ? place(S.This) : ObjId();
  if (S.This) {
    const auto *Method = cast<CXXMethodDecl>(S.Callee);
    if (B.isUserCode(S.Callee)) {
      Matters |= matters(ir::Operand::place(This), S.This) && bool(This);
    } else if (This && !Method->isStatic()) {
      // A library's object: what its const members tell stays true until one
      // that is not const is called.
      if (!Method->isConst()) {
        emit(ir::OpKind::Havoc, B.span(S.E->getBeginLoc()), This);
        // So may be what it holds.
        if (!alternativesOf(B.facts(S.This->getType()).Record).empty())
          emit(ir::OpKind::Escape, B.span(S.E->getBeginLoc()), This);
      } else if (const models::TypeRow *Row = B.facts(S.This->getType()).Row;
                 Row && Row->IsText && S.Args.empty() &&
                 unqualifiedName(Method) == "empty") {
        // No other text is as low.
        Results[S.E] = ir::Operand::value(ir::Expr::binary(
            ir::ExprKind::Le, ir::Expr::var(This), textValue("")));
      } else if (S.Args.empty() &&
                 Method->getReturnType()->isIntegralOrEnumerationType()) {
        Results[S.E] = ir::Operand::value(ir::Expr::var(
            B.Unit.part(This, ir::ObjectKind::Field,
                        unqualifiedName(Method) + "()", ir::TypeClass::Value)));
      }
    }
  }
  Matters |= S.Callee->isNoReturn();
  if (!Matters && !Callee)
    return;
  // A callee that is seen says itself what it does to its operands.
  if (Callee && Cur == Here)
    for (size_t I = First; I < cur().Ops.size(); ++I)
      if (cur().Ops[I].Kind == ir::OpKind::Read ||
          cur().Ops[I].Kind == ir::OpKind::Write ||
          cur().Ops[I].Kind == ir::OpKind::Havoc)
        cur().Ops[I].When = ir::Given::Unseen;
  ir::Callable Fn;
  Fn.Open = !Callee;
  if (Callee)
    Fn.Targets.push_back(Callee);
  Fn.Name = canonicalName(S.Callee);
  Fn.This = This;
  emitCall(std::move(Fn), std::move(Args), Results.count(S.E) ? nullptr : S.E);
  cur().Ops.back().Loc = B.span(S.E->getSourceRange());
  if (!Matters)
    cur().Ops.back().When = ir::Given::Seen;
}

} // namespace heddle::extract
