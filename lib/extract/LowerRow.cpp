//===- LowerRow.cpp - Calls that a model row describes --------------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "extract/Lowering.h"
#include "extract/Names.h"
#include "clang/AST/DeclTemplate.h"

using namespace clang;

namespace heddle::extract {

/// A library calls A, when that is a function or an object that can be called.
void Lowering::visitBy(const Expr *A, SourceSpan Loc) {
  ir::Callable Fn = callable(A);
  const CXXRecordDecl *R = B.facts(A->getType()).Record;
  if (Fn.Targets.empty() && R && !R->isLambda() && B.isUserCode(R)) {
    const FunctionDecl *Only = nullptr;
    for (const CXXMethodDecl *M : R->methods())
      if (M->getOverloadedOperator() == OO_Call) {
        if (Only || !userBody(M))
          return;
        Only = userBody(M);
      }
    if (!Only)
      return;
    Fn = {};
    Fn.Targets.push_back(B.function(Only));
    Fn.This = place(A);
    Fn.Name = canonicalName(Only);
  }
  if (Fn.Targets.empty())
    return;
  emitCall(std::move(Fn), {}, nullptr);
  cur().Ops.back().Loc = Loc;
}

void Lowering::lowerRow(const CallSite &S, const models::CallRow &Row,
                        ObjId Result) {
  SourceSpan Loc = B.span(S.E->getSourceRange());
  ir::Terminator T;
  T.Loc = Loc;
  switch (Row.E) {
  case models::Effect::Ignore:
    return;
  case models::Effect::Pass: {
    const Expr *E = roleExpr(Row.Object, S);
    if (E && lowerMove(S, E))
      return;
    ir::Operand O = E ? operand(E) : ir::Operand::none();
    if (E && O.K == ir::Operand::Kind::Function && O.Fn->Place)
      if (B.facts(E->getType()).Class != ir::TypeClass::Callable)
        O = ir::Operand::place(O.Fn->Place);
    if (O.K != ir::Operand::Kind::None)
      Results[S.E] = O;
    return;
  }
  case models::Effect::Truth: {
    ObjId O = place(roleExpr(Row.Object, S));
    Results[S.E] =
        ir::Operand::value(O ? ir::Expr::var(O) : ir::Expr::unknown());
    return;
  }
  case models::Effect::Content: {
    ObjId O = place(roleExpr(Row.Object, S));
    if (O)
      Results[S.E] = ir::Operand::place(B.partLike(O, "*", S.E->getType()));
    return;
  }
  case models::Effect::Alternative:
  case models::Effect::AlternativeIf:
  case models::Effect::IsAlternative:
  case models::Effect::Fill:
    if (!lowerAlternative(S, Row))
      lowerOpenCall(S);
    return;
  case models::Effect::VisitAlternative:
    if (!lowerVisit(S, Row))
      lowerOpenCall(S);
    return;
  case models::Effect::Throw:
    return throwFrom(Loc, S.E, {});
  case models::Effect::Exit:
    T.K = ir::Terminator::Kind::Exit;
    return terminate(std::move(T));
  case models::Effect::Abort:
    return terminate(std::move(T));
  case models::Effect::Invoke:
    emitCall(callable(roleExpr(Row.Callable, S)), roleOperands(Row.Args, S),
             S.E);
    cur().Ops.back().How = Row.How;
    return;
  case models::Effect::MakeCallable: {
    ir::Callable Fn = callable(roleExpr(Row.Callable, S));
    std::vector<ir::Operand> Args =
        roleOperands(Row.Args, S, /*IsForTask=*/true);
    size_t First = 0;
    if (!Fn.Targets.empty() && !Fn.This &&
        B.Unit.function(Fn.Targets[0]).This && !Args.empty()) {
      Fn.This = Args[0].K == ir::Operand::Kind::Place ? Args[0].Obj : ObjId();
      First = 1;
    }
    Fn.Bound.assign(Args.begin() + First, Args.end());
    Results[S.E] = ir::Operand::function(std::move(Fn));
    return;
  }
  case models::Effect::Select:
    return lowerSelect(S, Row);
  case models::Effect::ContentOr:
    return lowerContentOr(S, Row);
  case models::Effect::Poll:
    return lowerPoll(S, Row);
  case models::Effect::Minimum:
  case models::Effect::Maximum:
  case models::Effect::Clamp:
  case models::Effect::Absolute:
  case models::Effect::Size:
    return lowerNumber(S, Row);
  case models::Effect::Gather:
    return lowerGather(S, Row);
  case models::Effect::SelectCase: {
    Case C;
    C.Kind = Row.CaseKind;
    C.Loc = Loc;
    C.Channel = place(roleExpr(Row.Object, S));
    if (const Expr *Sent = roleExpr(Row.Args, S))
      C.Value = operand(Sent);
    if (const Expr *Handler = roleExpr(Row.Callable, S))
      C.Handler = callable(Handler);
    Cases[bare(S.E)] = std::move(C);
    return;
  }
  case models::Effect::Construct:
    return lowerFactory(S, Row);
  case models::Effect::Swap: {
    const Expr *A = roleExpr(Row.Object, S), *C = roleExpr(Row.Other, S);
    if (!A || !C)
      return;
    accessCallOperands(S);
    if (ObjId G = place(A); G && place(C) &&
                            B.facts(A->getType().getNonReferenceType()).Class ==
                                ir::TypeClass::Guard) {
      ObjId Old = B.temp(F, A->getType().getNonReferenceType(), Loc, "swapped");
      for (auto [To, From] : {std::pair(Old, G), std::pair(G, place(C)),
                              std::pair(place(C), Old)})
        emit(ir::OpKind::GuardMove, Loc, To).Other = From;
      return;
    }
    if (isContainer(A) && place(A) && place(C))
      return swapElements(place(A), place(C),
                          B.facts(A->getType().getNonReferenceType()).Record,
                          Loc);
    ObjId Old = B.temp(F, A->getType(), Loc, "swapped");
    assign(Old, operand(A), A->getType(), Loc);
    assign(place(A), operand(C), A->getType(), Loc);
    assign(place(C), ir::Operand::place(Old), A->getType(), Loc);
    return;
  }
  case models::Effect::Exchange: {
    const Expr *To = roleExpr(Row.Object, S), *New = roleExpr(Row.Args, S);
    if (!To || !New)
      return;
    accessCallOperands(S);
    ObjId Old = B.temp(F, To->getType(), Loc, "exchanged");
    if (isContainer(To) && place(To)) {
      emit(ir::OpKind::Make, Loc, Old);
      giveElements(Old, place(To),
                   B.facts(To->getType().getNonReferenceType()).Record, true,
                   Loc);
      if (isContainer(New) && place(New))
        copyContainer(place(To), New, Loc);
      Results[S.E] = ir::Operand::place(Old);
      return;
    }
    assign(Old, operand(To), To->getType(), Loc);
    lowerInit(place(To), To->getType(), New, Loc);
    Results[S.E] = ir::Operand::place(Old);
    return;
  }
  case models::Effect::Visit:
    for (const Expr *A : S.Args)
      visitBy(A, Loc);
    if (!lowerContainer(S))
      lowerOpenCall(S);
    return;
  case models::Effect::Operation:
    return lowerOperation(S, Row, Result);
  }
}

/// To becomes what From, of type T, is: its value, what it refers to, or both.
void Lowering::assign(ObjId To, ir::Operand From, QualType T, SourceSpan Loc) {
  TypeFacts Facts = B.facts(T.getNonReferenceType());
  if (!To)
    return;
  if (From.K == ir::Operand::Kind::Place && !T->isReferenceType() &&
      !partsOf(T).empty())
    return giveParts(To, From, T, false, Loc);
  bool Names = From.K == ir::Operand::Kind::Place ||
               From.K == ir::Operand::Kind::Function;
  if (Names && (Facts.IsAlias || !Facts.IsValue))
    emit(ir::OpKind::Bind, Loc, To).Args = {From};
  if (!Facts.IsValue)
    return;
  // An optional or variant goes over with what it holds.
  ObjId Held =
      From.K == ir::Operand::Kind::Place &&
              !alternativesOf(T.getNonReferenceType()->getAsCXXRecordDecl())
                   .empty()
          ? B.partLike(From.Obj, "*", B.Ctx.VoidTy)
          : ObjId();
  if (From.K == ir::Operand::Kind::Place)
    From = ir::Operand::value(ir::Expr::var(From.Obj));
  else if (From.K != ir::Operand::Kind::Value)
    From = ir::Operand::value(ir::Expr::unknown());
  emit(ir::OpKind::Set, Loc, To).Args = {std::move(From)};
  if (Held)
    emit(ir::OpKind::Bind, Loc, B.partLike(To, "*", B.Ctx.VoidTy)).Args = {
        ir::Operand::place(Held)};
}

/// Ops whose Result is a number: whether, or how, the op came out.
static bool givesValue(ir::OpKind K) {
  switch (K) {
  case ir::OpKind::Recv:
  case ir::OpKind::TryRecv:
  case ir::OpKind::TrySend:
  case ir::OpKind::TryLock:
  case ir::OpKind::GuardTryLock:
  case ir::OpKind::Cancel:
    return true;
  default:
    return false;
  }
}

/// What is done to a lock, done to a guard of locks.
static ir::OpKind onGuard(ir::OpKind K) {
  switch (K) {
  case ir::OpKind::Lock:
    return ir::OpKind::GuardLock;
  case ir::OpKind::TryLock:
    return ir::OpKind::GuardTryLock;
  case ir::OpKind::Unlock:
    return ir::OpKind::GuardUnlock;
  default:
    return K;
  }
}

/// Nobody waits for one of them with another one held: locks by a guard of
/// their own that then lets go of them, guards by what they have charge of.
void Lowering::lockTogether(const CallSite &S, const models::CallRow &Row) {
  SourceSpan Loc = B.span(S.E->getSourceRange());
  std::vector<ir::Operand> Locks, Guards;
  for (ir::Operand &A : roleOperands(Row.Object, S))
    if (A.K == ir::Operand::Kind::Place)
      (B.Unit.object(A.Obj).Type == ir::TypeClass::Guard ? Guards : Locks)
          .push_back(std::move(A));
  if (!Guards.empty()) {
    ir::Op &O = emit(ir::OpKind::GuardLock, Loc, Guards[0].Obj);
    O.Args.assign(Guards.begin() + 1, Guards.end());
    O.How = Row.How;
  } else if (!Locks.empty()) {
    ObjId T = B.temp(F, S.E->getType(), Loc, "all at once");
    B.Unit.Objects[T.index()].Type = ir::TypeClass::Guard;
    ir::Op &O = emit(ir::OpKind::GuardMake, Loc, T);
    O.Args = std::move(Locks);
    O.How = Row.How;
    emit(ir::OpKind::GuardRelease, Loc, T);
  }
}

void Lowering::lowerOperation(const CallSite &S, const models::CallRow &Row,
                              ObjId Result) {
  // std::lock(a, b): the operation on each, or on all at one moment.
  if (Row.Object.K == models::Role::Kind::Rest) {
    if (Row.Op == ir::OpKind::Lock)
      return lockTogether(S, Row);
    for (int64_t I = Row.Object.Index; I < int64_t(S.Args.size()); ++I) {
      models::CallRow One = Row;
      One.Object = {models::Role::Kind::Arg, I};
      lowerOperation(S, One, Result);
    }
    return;
  }
  SourceSpan Loc = B.span(S.E->getSourceRange());
  bool HasObject = Row.Object.K != models::Role::Kind::None;
  ObjId Obj = HasObject ? rolePlace(Row.Object, S, Result) : ObjId();
  if (HasObject && !Obj)
    Obj = B.temp(F, S.E->getType(), Loc, "unknown object");
  ir::OpKind Kind = Row.Op;
  if (Obj && B.Unit.object(Obj).Type == ir::TypeClass::Guard)
    Kind = onGuard(Kind);
  bool IsSet = Kind == ir::OpKind::Bind || Kind == ir::OpKind::Set;
  if (IsSet && Row.Object.K == models::Role::Kind::This) {
    QualType T = S.This->getType().getNonReferenceType();
    TypeFacts Facts = B.facts(T);
    if (Facts.Row && Facts.Row->IsHandle &&
        Facts.Class == ir::TypeClass::Other) {
      loseReplaced(S.This, Obj, Loc);
      Results[S.E] = ir::Operand::place(Obj);
      return repoint(Obj, T, roleExpr(Row.Args, S), Loc);
    }
  }
  ir::Callable Fn;
  if (const Expr *E = roleExpr(Row.Callable, S))
    Fn = callable(E);
  std::vector<ir::Operand> Args =
      roleOperands(Row.Args, S, /*IsForTask=*/Kind == ir::OpKind::Spawn);
  ObjId Other = rolePlace(Row.Other, S, Result);

  switch (Kind) {
  case ir::OpKind::Spawn:
    if (!Fn.isPresent())
      Fn.Open = true;
    // go(&C::method, object, ...): the object is the first argument.
    if (!Fn.Targets.empty() && !Fn.This &&
        B.Unit.function(Fn.Targets[0]).This && !Args.empty()) {
      if (Args[0].K == ir::Operand::Kind::Place)
        Fn.This = Args[0].Obj;
      Args.erase(Args.begin());
    }
    if (Row.Counted) {
      if (!Other)
        Other = B.temp(F, S.E->getType(), Loc, "unknown counter");
      emit(ir::OpKind::Add, Loc, Other).Args = {
          ir::Operand::value(ir::Expr::integer(1))};
    }
    break;
  case ir::OpKind::Add:
  case ir::OpKind::Done:
  case ir::OpKind::Make:
    if (Row.Amount.K != models::Role::Kind::None) {
      Args = {ir::Operand::value(roleValue(Row.Amount, S))};
    } else if (Row.Op == ir::OpKind::Make) {
      Args.clear();
    }
    if (Row.Held.K != models::Role::Kind::None) {
      Args.resize(1);
      Args.push_back(ir::Operand::value(roleValue(Row.Held, S)));
    }
    break;
  case ir::OpKind::Send:
  case ir::OpKind::Recv:
  case ir::OpKind::TryRecv:
    // Of a semaphore several at once; one when the call does not say.
    if (roleExpr(Row.Amount, S)) {
      Args.resize(Kind == ir::OpKind::Send ? 1 : 0);
      Args.push_back(ir::Operand::value(roleValue(Row.Amount, S)));
    }
    break;
  case ir::OpKind::Atomic:
    return lowerAtomic(S, Row, Obj);
  case ir::OpKind::Block:
    // What it is given room for, it fills.
    for (const Expr *E : S.Args)
      if (E->getType()->isPointerType())
        if (ObjId O = place(E))
          emit(ir::OpKind::Havoc, Loc, O);
    break;
  case ir::OpKind::GuardMake: {
    std::vector<ir::Operand> Locks;
    for (ir::Operand &A : Args)
      if (A.K == ir::Operand::Kind::Place &&
          B.Unit.object(A.Obj).Type != ir::TypeClass::Value)
        Locks.push_back(std::move(A));
    Args = std::move(Locks);
    break;
  }
  default:
    break;
  }

  if (Row.Gives.size() == 1)
    Results[S.E] = ir::Operand::value(ir::Expr::integer(Row.Gives[0]));
  bool Blocks = givesValue(Kind) || Row.How == ir::Mode::Timed;
  // A future's get() gives what the task returned, or throws what it threw.
  bool Gets = Kind == ir::OpKind::Join && Row.How == ir::Mode::Async;
  ObjId Value;
  if (Gets && !S.E->getType()->isVoidType())
    Value = resultTemp(S.E, "got");
  else if (Blocks && !S.E->getType()->isVoidType() &&
           Row.Object.K != models::Role::Kind::Result) {
    Value = resultTemp(S.E, "result");
    B.Unit.Objects[Value.index()].Type = ir::TypeClass::Value;
  }
  // An optional that is given what the arguments make.
  if (Kind == ir::OpKind::Set && S.Callee && S.This &&
      unqualifiedName(S.Callee) == "emplace")
    if (const CXXRecordDecl *R =
            B.facts(S.This->getType().getNonReferenceType()).Record)
      constructContent(Obj, R, S, 0);
  ir::Op &O = emit(Kind, Loc, Obj);
  O.How = Row.How;
  O.Guard = Row.Guard;
  O.Other = Other;
  O.Fn = std::move(Fn);
  O.Args = std::move(Args);
  O.Result = Value;
  // A semaphore says whether there was a unit; the operation gives 0 then.
  if (Kind == ir::OpKind::TryRecv && S.E->getType()->isBooleanType())
    Results[S.E] = ir::Operand::value(ir::Expr::binary(
        ir::ExprKind::Eq, ir::Expr::var(Value), ir::Expr::integer(0)));
  if (Value && Row.Gives.size() == 2)
    Results[S.E] = ir::Operand::value(ir::Expr::binary(
        ir::ExprKind::Plus, ir::Expr::integer(Row.Gives[0]),
        ir::Expr::binary(ir::ExprKind::Times,
                         ir::Expr::binary(ir::ExprKind::Ne,
                                          ir::Expr::var(Value),
                                          ir::Expr::integer(0)),
                         ir::Expr::integer(Row.Gives[1] - Row.Gives[0]))));
  if (Row.Op == ir::OpKind::Once || Gets) {
    size_t At = cur().Ops.size() - 1;
    BlockId Here = Cur;
    BlockId Unwind = unwindFrom(S.E);
    this->Blocks[Here.index()].Ops[At].Unwind = Unwind;
  }
}

ir::ExprRef Lowering::roleValue(const models::Role &R, const CallSite &S) {
  return R.K == models::Role::Kind::Int ? ir::Expr::integer(R.Index)
                                        : value(roleExpr(R, S));
}

} // namespace heddle::extract
