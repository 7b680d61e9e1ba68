//===- LowerContents.cpp - What containers begin with and are given -------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Constructors of containers, lists in braces, and whole contents that are
// copied, moved or changed for others.
//
//===----------------------------------------------------------------------===//

#include "extract/Lowering.h"
#include "extract/Names.h"

using namespace clang;

namespace heddle::extract {

using ir::Expr;
using ir::ExprKind;
using ir::Operand;
using ExprRef = ir::ExprRef;

/// Whether objects of type T are containers, not pointers or references to one.
bool Lowering::isContainerClass(QualType T) const {
  TypeFacts Facts = B.facts(T);
  return Facts.Row && Facts.Row->isContainer() && !Facts.IsAlias;
}

/// How many elements every object of class Class has.
std::optional<int64_t> Lowering::fixedSize(const CXXRecordDecl *Class) const {
  const auto *R = dyn_cast_or_null<ClassTemplateSpecializationDecl>(Class);
  const models::TypeRow *Row = R ? B.M.type(canonicalName(R)) : nullptr;
  if (!Row || !Row->IsFixed || R->getTemplateArgs().size() < 2 ||
      R->getTemplateArgs()[1].getKind() != TemplateArgument::Integral)
    return std::nullopt;
  return int64_t(
      R->getTemplateArgs()[1].getAsIntegral().getLimitedValue(1u << 30));
}

/// The same of type T, which may be an array of the language.
std::optional<int64_t> Lowering::fixedSize(QualType T) const {
  T = T.getNonReferenceType();
  if (const auto *A = B.Ctx.getAsConstantArrayType(T))
    return int64_t(A->getSize().getLimitedValue(1u << 30));
  return fixedSize(T->getAsCXXRecordDecl());
}

/// In, of type T, as an element or member keeps it: a container with elements
/// of its own.
Operand Lowering::keptCopy(Operand In, QualType T, SourceSpan Loc) {
  if (In.K != Operand::Kind::Place || T.isNull() || !isContainerClass(T))
    return In;
  ObjId Copy = B.temp(F, T, Loc, "copy");
  emit(ir::OpKind::Make, Loc, Copy);
  giveElements(Copy, In.Obj, T->getAsCXXRecordDecl(), false, Loc);
  return Operand::place(Copy);
}

/// From, when it is a container that was moved from, has nothing left.
void Lowering::emptyMoved(const clang::Expr *From, SourceSpan Loc) {
  if (ObjId C = From->isXValue() && isContainer(From) ? place(From) : ObjId())
    empty(C, Loc);
}

/// C, a container, has no elements any more.
void Lowering::empty(ObjId C, SourceSpan Loc) {
  emit(ir::OpKind::Shift, Loc, C);
  setSize(C, Expr::integer(0), Loc);
}

/// Begins a loop of its own over the numbers from From to below Bound, which
/// are in Turn; what is lowered next is its body, which advances Turn.
Lowering::TurnLoop Lowering::beginTurns(ObjId Turn, int64_t From,
                                        const ExprRef &Bound, SourceSpan Loc) {
  emit(ir::OpKind::Set, Loc, Turn).Args = {Operand::value(Expr::integer(From))};
  BlockId Head = newBlock(), Body = newBlock(), After = newBlock();
  jump(Head);
  enter(Head);
  ir::Terminator T;
  T.K = ir::Terminator::Kind::Branch;
  T.Loc = Loc;
  T.Cond = Expr::binary(ExprKind::Lt, Expr::var(Turn), Bound);
  T.Succs = {Body, After};
  terminate(std::move(T));
  enter(Body);
  return {Head, After};
}

void Lowering::endTurns(const TurnLoop &Loop) {
  jump(Loop.Head);
  enter(Loop.After);
}

/// C, a sequence, begins with Count elements of its class R, those before From
/// being there; each is made from the arguments of S after FirstArg, by a loop
/// of its own. Plain numbers have no identity that matters.
void Lowering::fillContainer(ObjId C, const CXXRecordDecl *R, ExprRef Count,
                             const CallSite &S, SourceSpan Loc,
                             unsigned FirstArg, int64_t From) {
  bool IsNumber = B.Unit.object(elementOf(C, R)).Type == ir::TypeClass::Value;
  if (IsNumber || IsTerminated || Count->Kind == ExprKind::Unknown)
    return setSize(C, std::move(Count), Loc);
  ObjId Turn = B.temp(F, B.Ctx.IntTy, Loc, "turn");
  ObjId Turns = B.temp(F, B.Ctx.IntTy, Loc, "count");
  emit(ir::OpKind::Set, Loc, Turns).Args = {Operand::value(std::move(Count))};
  const TurnLoop Loop = beginTurns(Turn, From, Expr::var(Turns), Loc);
  putElement(C, R, makeElement(R, S, FirstArg), Expr::var(Turn), Loc);
  emit(ir::OpKind::Next, Loc, Turn).Args = {Operand::value(Expr::var(Turns))};
  endTurns(Loop);
  setSize(C, Expr::var(Turns), Loc);
}

/// A container made in Target from the arguments of a constructor.
bool Lowering::makeContainer(ObjId C, const CXXRecordDecl *R,
                             const CallSite &S) {
  const models::TypeRow *Row = B.M.type(canonicalName(R));
  if (!Row || !Row->isContainer())
    return false;
  SourceSpan Loc = B.span(S.E->getSourceRange());
  ir::ObjectKind Kind = B.Unit.object(C).Kind;
  if (Kind == ir::ObjectKind::Temp || Kind == ir::ObjectKind::Local)
    emit(ir::OpKind::Make, Loc, C); // another one in each turn of a loop
  emit(ir::OpKind::Shift, Loc, C);
  if (S.Args.empty()) {
    if (auto N = fixedSize(R))
      fillContainer(C, R, Expr::integer(*N), S, Loc, 0);
    else
      setSize(C, Expr::integer(0), Loc);
    return true;
  }
  const clang::Expr *First = bare(S.Args[0]);
  if (const auto *List = dyn_cast_or_null<CXXStdInitializerListExpr>(First))
    First = bare(List->getSubExpr());
  if (const auto *List = dyn_cast_or_null<InitListExpr>(First)) {
    for (unsigned I = 0; I < List->getNumInits() && !Row->IsKeyed; ++I)
      putElement(C, R, operand(List->getInit(I)), Expr::integer(I), Loc);
    setSize(C, Expr::integer(List->getNumInits()), Loc);
    if (Row->IsKeyed && List->getNumInits() > 0 && !fillByKey(C, R, List, S))
      forgetElements(C, Loc, S.Args);
    return true;
  }
  bool IsCount = Row->IsSequence && First && First->getType()->isIntegerType();
  if (!IsCount)
    forgetElements(C, Loc, S.Args);
  if (IsCount)
    fillContainer(C, R, value(S.Args[0]), S, Loc);
  else
    setSize(C, Expr::unknown(), Loc);
  return true;
}

/// C, of the fixed size that its class R says, gets what L has; what L leaves
/// out begins as it does from nothing.
void Lowering::fillArray(ObjId C, const CXXRecordDecl *R,
                         const InitListExpr *L) {
  const auto *Inner = L->getNumInits() == 1
                          ? dyn_cast_or_null<InitListExpr>(bare(L->getInit(0)))
                          : nullptr;
  if (Inner && Inner->getType()->isArrayType())
    L = Inner;
  SourceSpan Loc = B.span(L->getSourceRange());
  ir::ObjectKind Kind = B.Unit.object(C).Kind;
  if (Kind == ir::ObjectKind::Temp || Kind == ir::ObjectKind::Local)
    emit(ir::OpKind::Make, Loc, C);
  emit(ir::OpKind::Shift, Loc, C);
  const int64_t Size = fixedSize(R).value_or(0);
  const int64_t Given = std::min<int64_t>(L->getNumInits(), Size);
  for (int64_t I = 0; I < Given; ++I)
    putElement(C, R, operand(L->getInit(unsigned(I))), Expr::integer(I), Loc);
  CallSite Rest;
  Rest.E = L;
  if (Given < Size)
    return fillContainer(C, R, Expr::integer(Size), Rest, Loc, 0, Given);
  setSize(C, Expr::integer(Size), Loc);
}

/// An array of the language, of the user's objects, that a local variable gets
/// from a list: each element has an index, as one of a container has.
static const InitListExpr *listOf(const VarDecl *V) {
  if (!V || !V->hasLocalStorage() || isa<ParmVarDecl>(V) || !V->getInit() ||
      !V->getType()->isConstantArrayType())
    return nullptr;
  const auto *L = dyn_cast<InitListExpr>(V->getInit()->IgnoreImplicit());
  return L && L->getSemanticForm() ? L->getSemanticForm() : L;
}

bool Lowering::isListedArray(const clang::Expr *E) const {
  const auto *Ref = dyn_cast_or_null<DeclRefExpr>(E ? bare(E) : nullptr);
  const auto *V = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
  const InitListExpr *L = listOf(V);
  const auto *Array = L ? B.Ctx.getAsConstantArrayType(V->getType()) : nullptr;
  const RecordDecl *R = Array ? aggregateOf(Array->getElementType()) : nullptr;
  return R && !R->isUnion() && B.isUserCode(R) &&
         !B.facts(Array->getElementType()).Row &&
         Array->getSize() == L->getNumInits() && L->getNumInits() <= 32;
}

/// C, which V declares, gets the elements of its list.
void Lowering::fillListedArray(ObjId C, const VarDecl *V) {
  const InitListExpr *L = listOf(V);
  SourceSpan Loc = B.span(L->getSourceRange());
  QualType T = B.Ctx.getAsConstantArrayType(V->getType())->getElementType();
  emit(ir::OpKind::Make, Loc, C);
  emit(ir::OpKind::Shift, Loc, C);
  for (unsigned I = 0; I < L->getNumInits(); ++I)
    if (ir::Operand In = operand(L->getInit(I)); In.K == Operand::Kind::Place)
      emit(ir::OpKind::Bind, Loc, B.element(C, T)).Args = {
          std::move(In), Operand::value(Expr::integer(I))};
  setSize(C, Expr::integer(L->getNumInits()), Loc);
}

/// A container of what the list E has; none when E is no list.
ObjId Lowering::listInBraces(const clang::Expr *E, SourceSpan Loc) {
  const auto *List = dyn_cast_or_null<CXXStdInitializerListExpr>(bare(E));
  const auto *Inits =
      List ? dyn_cast_or_null<InitListExpr>(bare(List->getSubExpr())) : nullptr;
  const CXXRecordDecl *R =
      List ? List->getType()->getAsCXXRecordDecl() : nullptr;
  if (!Inits || !R)
    return {};
  ObjId C = B.temp(F, List->getType(), Loc, "list");
  emit(ir::OpKind::Make, Loc, C);
  for (unsigned I = 0; I < Inits->getNumInits(); ++I)
    putElement(C, R, operand(Inits->getInit(I)), Expr::integer(I), Loc);
  setSize(C, Expr::integer(Inits->getNumInits()), Loc);
  return C;
}

/// To gets the elements of From, which keeps its own unless it is moved from.
void Lowering::copyContainer(ObjId To, const clang::Expr *From,
                             SourceSpan Loc) {
  const CXXRecordDecl *R =
      B.facts(From->getType().getNonReferenceType()).Record;
  ObjId Source = place(From);
  if (!Source || !R) {
    forgetElements(To, Loc);
    setSize(To, Expr::unknown(), Loc);
    return;
  }
  giveElements(To, Source, R, From->isXValue(), Loc);
}

/// The same of containers of class R.
void Lowering::giveElements(ObjId To, ObjId From, const CXXRecordDecl *R,
                            bool Moves, SourceSpan Loc) {
  ObjId Kept = B.temp(F, B.Ctx.IntTy, Loc, "size");
  emit(ir::OpKind::Set, Loc, Kept).Args = {
      Operand::value(Expr::var(sizeOf(From)))};
  emit(ir::OpKind::Shift, Loc, To);
  emit(ir::OpKind::Bind, Loc, wholeElementOf(To, R)).Args = {
      Operand::place(wholeElementOf(From, R))};
  setSize(To, Expr::var(Kept), Loc);
  if (Moves)
    empty(From, Loc);
}

/// A and C, containers of class R, change their elements.
void Lowering::swapElements(ObjId A, ObjId C, const CXXRecordDecl *R,
                            SourceSpan Loc) {
  ObjId Between = B.temp(F, B.Ctx.VoidTy, Loc, "swapped");
  emit(ir::OpKind::Make, Loc, Between);
  giveElements(Between, A, R, true, Loc);
  giveElements(A, C, R, true, Loc);
  giveElements(C, Between, R, true, Loc);
}

} // namespace heddle::extract
