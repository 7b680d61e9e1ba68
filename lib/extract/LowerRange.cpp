//===- LowerRange.cpp - Loops over ranges ---------------------------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Over a channel such a loop receives; over a container it turns once for every
// element. A class of the user's that hands out the iterators of a member is
// that member here. One with iterators of its own is lowered as what the loop
// stands for: calls of begin(), !=, ++ and *.
//
//===----------------------------------------------------------------------===//

#include "extract/Lowering.h"
#include "extract/Names.h"

using namespace clang;

namespace heddle::extract {

static const VarDecl *variableOf(const DeclStmt *S) {
  return S && S->isSingleDecl() ? dyn_cast<VarDecl>(S->getSingleDecl())
                                : nullptr;
}

/// What S calls for its first iterator; null when that is no member function.
static const CXXMemberCallExpr *beginOf(const Expr *Init) {
  const auto *Call = dyn_cast_or_null<CXXMemberCallExpr>(Lowering::bare(Init));
  return Call && Call->getMethodDecl() ? Call : nullptr;
}

/// What the user's function that Call calls returns, when that is all it does:
/// `return items_.begin();`.
const CXXMemberCallExpr *
Lowering::delegated(const CXXMemberCallExpr *Call) const {
  const FunctionDecl *Begin = userBody(Call->getMethodDecl());
  const auto *Body =
      Begin ? dyn_cast_or_null<CompoundStmt>(Begin->getBody()) : nullptr;
  const auto *Only = Body && Body->size() == 1
                         ? dyn_cast<ReturnStmt>(Body->body_front())
                         : nullptr;
  const auto *Inner = Only ? beginOf(Only->getRetValue()) : nullptr;
  if (!Inner || !isa<MemberExpr>(bare(Inner->getImplicitObjectArgument())))
    return nullptr;
  const auto *Member =
      cast<MemberExpr>(bare(Inner->getImplicitObjectArgument()));
  std::string Name = unqualifiedName(Inner->getMethodDecl());
  return isa<FieldDecl>(Member->getMemberDecl()) &&
                 isa<CXXThisExpr>(bare(Member->getBase())) &&
                 (Name == "begin" || Name == "cbegin")
             ? Inner
             : nullptr;
}

/// The loop's iterators are of a class of the user's with a `++` that is seen.
bool Lowering::hasOwnIterators(const CXXForRangeStmt *S) const {
  const auto *Next = dyn_cast_or_null<CXXOperatorCallExpr>(S->getInc());
  return Next && userBody(Next->getDirectCallee());
}

void Lowering::noteRangeLoop(const CXXForRangeStmt *S) {
  if (hasOwnIterators(S))
    return;
  RangeLoops[S];
  if (const VarDecl *V = variableOf(S->getBeginStmt()))
    BeginOf[V] = S;
  if (const VarDecl *V = variableOf(S->getLoopVarStmt()))
    LoopVarOf[V] = S;
  for (const DeclStmt *D : {S->getRangeStmt(), S->getEndStmt()})
    if (const VarDecl *V = variableOf(D))
      HiddenVars.insert(V);
  for (const Stmt *Hidden : {static_cast<const Stmt *>(S->getBeginStmt()),
                             static_cast<const Stmt *>(S->getEndStmt()),
                             static_cast<const Stmt *>(S->getCond()),
                             static_cast<const Stmt *>(S->getInc())})
    hideCalls(Hidden);
  if (const VarDecl *V = variableOf(S->getLoopVarStmt()))
    HiddenCalls.insert(bare(V->getInit()));
}

void Lowering::beginRangeLoop(const CXXForRangeStmt *S, SourceSpan Loc) {
  RangeLoop &Loop = RangeLoops[S];
  Loop.Range = place(S->getRangeInit());
  Loop.Type = S->getRangeInit()->getType().getNonReferenceType();
  const VarDecl *Begin = variableOf(S->getBeginStmt());
  for (const auto *Call = Begin ? beginOf(Begin->getInit()) : nullptr;
       Call && Loop.Range && (Call = delegated(Call));) {
    const auto *Member =
        cast<MemberExpr>(bare(Call->getImplicitObjectArgument()));
    Loop.Range = B.field(Loop.Range, Member->getMemberDecl());
    Loop.Type = Member->getType().getNonReferenceType();
  }
  Loop.IsChannel = B.facts(Loop.Type).Class == ir::TypeClass::Channel;
  if (!Loop.Range)
    Loop.Range = listInBraces(S->getRangeInit(), Loc);
  if (Loop.IsChannel && !Loop.Range)
    Loop.Range = B.temp(F, Loop.Type, Loc, "channel");
  Loop.Turn = B.temp(F, B.Ctx.IntTy, Loc, "turn");
  emit(ir::OpKind::Set, Loc, Loop.Turn).Args = {
      ir::Operand::value(ir::Expr::integer(0))};
  access(ir::OpKind::Read, S->getRangeInit());
}

/// How many turns S makes: of an array or a list in braces that is known, else
/// what the size of its container says; null without a container.
ir::ExprRef Lowering::turnsOf(const CXXForRangeStmt *S) {
  const Expr *Range = bare(S->getRangeInit());
  const RangeLoop &Loop = RangeLoops[S];
  QualType T = Loop.Type;
  if (const auto *L = dyn_cast_or_null<CXXStdInitializerListExpr>(Range))
    T = L->getSubExpr()->getType();
  if (auto N = fixedSize(T))
    return ir::Expr::integer(*N);
  return Loop.Range ? ir::Expr::var(sizeOf(Loop.Range)) : nullptr;
}

/// The head of the loop.
void Lowering::lowerRangeFor(const CXXForRangeStmt *S, const CFGBlock &Block) {
  ir::Terminator T;
  T.K = ir::Terminator::Kind::Branch;
  T.Loc = B.span(S->getBeginLoc());
  const RangeLoop &Loop = RangeLoops[S];
  SourceSpan Loc = B.span(S->getRangeInit()->getSourceRange());
  if (Loop.IsChannel) {
    emit(ir::OpKind::Recv, Loc, Loop.Range).Result = Loop.Turn;
    T.Cond = ir::Expr::var(Loop.Turn);
  } else {
    T.Cond = ir::Expr::unknown();
    if (ir::ExprRef Turns = Loop.Turn ? turnsOf(S) : nullptr)
      T.Cond = ir::Expr::binary(ir::ExprKind::Lt, ir::Expr::var(Loop.Turn),
                                std::move(Turns));
  }
  for (const CFGBlock::AdjacentBlock &Succ : Block.succs())
    T.Succs.push_back(successor(Succ));
  terminate(std::move(T));
}

/// The variable of a loop over a range: what was received, or the element of
/// this turn.
void Lowering::lowerLoopVariable(const VarDecl *V, const CXXForRangeStmt *S) {
  const RangeLoop &Loop = RangeLoops[S];
  SourceSpan Loc = B.span(V->getLocation());
  QualType T = V->getType().getNonReferenceType();
  if (Loop.IsChannel) {
    ObjId Value = B.partLike(Loop.Turn, "*", T);
    // A reference names what was received: a value is not copied into it.
    if (V->getType()->isReferenceType() &&
        B.facts(T).Class == ir::TypeClass::Value) {
      emit(ir::OpKind::Bind, Loc, placeOf(V)).Args = {
          ir::Operand::place(Value)};
      return;
    }
    return assign(placeOf(V), ir::Operand::place(Value), T, Loc);
  }
  const clang::Expr *Range = S->getRangeInit();
  auto Advance = [&] {
    if (ir::ExprRef Turns = turnsOf(S))
      emit(ir::OpKind::Next, Loc, Loop.Turn).Args = {
          ir::Operand::value(std::move(Turns))};
  };
  if (!Loop.Range) {
    emit(ir::OpKind::Havoc, Loc, placeOf(V));
    return Advance();
  }
  ir::ExprRef Turn = ir::Expr::var(Loop.Turn);
  TypeFacts Facts = B.facts(Loop.Type);
  ir::Operand Element = ir::Operand::place(B.element(Loop.Range, T));
  if (isListedArray(Range))
    Element = elementAt(Loop.Range, T, Turn, Loc);
  else if (Facts.Row && Facts.Row->IsSequence && Facts.Record)
    Element = elementAt(Loop.Range, Facts.Record, Turn, Loc);
  else if (Facts.Row && Facts.Row->IsKeyed && Facts.Record &&
           !mappedType(Facts.Record).isNull())
    Element =
        ir::Operand::place(elementByTurn(Loop.Range, Facts.Record, Turn, Loc));
  // A number is copied from the element of this turn. Read alone by reference,
  // from what no other function reaches, it is the same.
  ir::ObjectKind In = B.Unit.object(B.Unit.root(Loop.Range)).Kind;
  bool OnlyReads = T.isConstQualified() &&
                   (In == ir::ObjectKind::Local || In == ir::ObjectKind::Temp);
  bool IsCopy = (!V->getType()->isReferenceType() || OnlyReads) &&
                Element.Obj &&
                B.Unit.object(Element.Obj).Kind == ir::ObjectKind::Element &&
                B.Unit.object(Element.Obj).Type == ir::TypeClass::Value;
  if (!IsCopy && V->getType()->isReferenceType())
    B.References[V->getCanonicalDecl()] = Element.Obj;
  else if (IsCopy)
    emit(ir::OpKind::Bind, Loc, placeOf(V)).Args = {Element,
                                                    ir::Operand::value(Turn)};
  else
    assign(placeOf(V), Element, T, Loc);
  Advance();
  if (auto It = ElementNames.find(Element.Obj); It != ElementNames.end())
    It->second.Index =
        ir::Expr::binary(ir::ExprKind::Minus, Turn, ir::Expr::integer(1));
}

} // namespace heddle::extract
