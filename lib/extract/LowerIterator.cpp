//===- LowerIterator.cpp - Loops that count by an iterator ----------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// `for (auto it = c.begin(); it != c.end(); ++it)` is `for (auto &x : c)` with
// *it for x, when the body uses `it` for nothing else but to copy it. From
// rbegin to rend it begins with the last element. Of all other iterators, and
// of the copies, it is not known where they are.
//
//===----------------------------------------------------------------------===//

#include "extract/Lowering.h"
#include "extract/Names.h"

using namespace clang;

namespace heddle::extract {

/// The container of `c.begin()`, `std::rend(c)` and their like; null when E is
/// none, or has its ends the other way round than IsReversed says.
static const Expr *containerOf(const Expr *E, StringRef End, bool IsReversed) {
  const auto *Call = dyn_cast_or_null<CallExpr>(Lowering::bare(E));
  const FunctionDecl *F = Call ? Call->getDirectCallee() : nullptr;
  if (!F || !F->getIdentifier())
    return nullptr;
  StringRef Name = F->getName();
  Name.consume_front("c");
  if (Name.consume_front("r") != IsReversed || Name != End)
    return nullptr;
  if (const auto *Member = dyn_cast<CXXMemberCallExpr>(Call))
    return Call->getNumArgs() == 0 ? Member->getImplicitObjectArgument()
                                   : nullptr;
  return F->isInStdNamespace() && Call->getNumArgs() == 1 ? Call->getArg(0)
                                                          : nullptr;
}

/// Both are the same variable, or the same member of the same object.
static bool isSamePlace(const Expr *A, const Expr *B) {
  A = Lowering::bare(A);
  B = Lowering::bare(B);
  if (!A || !B || A->getStmtClass() != B->getStmtClass())
    return false;
  if (const auto *D = dyn_cast<DeclRefExpr>(A))
    return D->getDecl() == cast<DeclRefExpr>(B)->getDecl();
  if (const auto *M = dyn_cast<MemberExpr>(A))
    return M->getMemberDecl() == cast<MemberExpr>(B)->getMemberDecl() &&
           isSamePlace(M->getBase(), cast<MemberExpr>(B)->getBase());
  return isa<CXXThisExpr>(A);
}

static const VarDecl *variableOf(const Expr *E) {
  const auto *D = dyn_cast_or_null<DeclRefExpr>(Lowering::bare(E));
  return D ? dyn_cast<VarDecl>(D->getDecl()) : nullptr;
}

/// The operands of an overloaded operator Op; none when S is no such thing.
static ArrayRef<const Expr *const> operandsOf(const Stmt *S,
                                              OverloadedOperatorKind Op) {
  const auto *Call = dyn_cast_or_null<CXXOperatorCallExpr>(S);
  if (!Call || Call->getOperator() != Op)
    return {};
  return {Call->getArgs(), Call->getNumArgs()};
}

static bool isReferenceTo(const Stmt *S, const VarDecl *V) {
  const auto *D = dyn_cast<DeclRefExpr>(S);
  return D && D->getDecl() == V;
}

/// V occurs in S only as the operand of * or ->, or is copied.
static bool isOnlyFollowed(const Stmt *S, const VarDecl *V) {
  if (!S)
    return true;
  for (OverloadedOperatorKind Op : {OO_Star, OO_Arrow})
    if (auto Args = operandsOf(S, Op); Args.size() == 1)
      if (variableOf(Args[0]) == V)
        return true;
  if (const auto *Copy = dyn_cast<CXXConstructExpr>(S);
      Copy && Copy->getConstructor()->isCopyOrMoveConstructor() &&
      variableOf(Copy->getArg(0)) == V)
    return true;
  if (isReferenceTo(S, V))
    return false;
  if (const auto *L = dyn_cast<LambdaExpr>(S))
    for (const LambdaCapture &C : L->captures())
      if (C.capturesVariable() && C.getCapturedVar() == V &&
          (C.getCaptureKind() != LCK_ByCopy || L->isMutable()))
        return false;
  return llvm::all_of(S->children(), [&](const Stmt *Child) {
    return isOnlyFollowed(Child, V);
  });
}

/// The two sides of `a != b`, which may be written as `!(a == b)` by now.
static ArrayRef<const Expr *const> sidesOf(const Expr *Cond) {
  const Stmt *S = Cond ? Cond->IgnoreParenImpCasts() : nullptr;
  if (const auto *R = dyn_cast_or_null<CXXRewrittenBinaryOperator>(S))
    S = R->getSemanticForm()->IgnoreParenImpCasts();
  if (const auto *Not = dyn_cast_or_null<UnaryOperator>(S);
      Not && Not->getOpcode() == UO_LNot)
    return operandsOf(Not->getSubExpr()->IgnoreParenImpCasts(), OO_EqualEqual);
  return operandsOf(S, OO_ExclaimEqual);
}

void Lowering::noteIteratorLoop(const ForStmt *S) {
  const auto *Init = dyn_cast_or_null<DeclStmt>(S->getInit());
  const auto *V = Init && Init->isSingleDecl()
                      ? dyn_cast<VarDecl>(Init->getSingleDecl())
                      : nullptr;
  auto Sides = sidesOf(S->getCond());
  auto Step = operandsOf(S->getInc() ? S->getInc()->IgnoreImplicit() : nullptr,
                         OO_PlusPlus);
  if (!V || !isIterator(V->getType()) || Sides.size() != 2 || Step.empty() ||
      variableOf(Step[0]) != V || variableOf(Sides[0]) != V ||
      !isOnlyFollowed(S->getBody(), V))
    return;
  for (bool IsReversed : {false, true}) {
    const Expr *C = containerOf(V->getInit(), "begin", IsReversed);
    const Expr *End = containerOf(Sides[1], "end", IsReversed);
    if (!C || !End || !isSamePlace(C, End) || !isContainer(C))
      continue;
    const models::TypeRow *Row = B.facts(C->getType()).Row;
    if (!Row->IsSequence && (!Row->IsKeyed || IsReversed))
      continue;
    IteratorLoops[V] = {C, IsReversed, {}, {}};
    HiddenCalls.insert(Lowering::bare(V->getInit()));
    HiddenCalls.insert(Lowering::bare(Sides[1]));
  }
}

bool Lowering::beginIteratorLoop(const VarDecl *V) {
  auto It = IteratorLoops.find(V);
  if (It == IteratorLoops.end())
    return false;
  IteratorLoop &Loop = It->second;
  SourceSpan Loc = B.span(V->getLocation());
  ObjId Range = place(Loop.Container);
  ObjId Turn = B.temp(F, B.Ctx.IntTy, Loc, "turn");
  IteratorLoops[V].Range = Range;
  IteratorLoops[V].Turn = Turn;
  emit(ir::OpKind::Set, Loc, Turn).Args = {
      ir::Operand::value(ir::Expr::integer(0))};
  access(ir::OpKind::Read, Loop.Container);
  return true;
}

/// `it != c.end()`, `++it`, `*it` and `it->` of such a loop.
bool Lowering::lowerIteratorUse(const CallSite &S) {
  const Expr *Of = S.This ? S.This : S.Args.empty() ? nullptr : S.Args[0];
  auto It = IteratorLoops.find(variableOf(Of));
  if (It == IteratorLoops.end() || !It->second.Range || !S.Callee)
    return false;
  const IteratorLoop Loop = It->second;
  SourceSpan Loc = B.span(S.E->getSourceRange());
  auto Fixed = fixedSize(Loop.Container->getType());
  ir::ExprRef Size =
      Fixed ? ir::Expr::integer(*Fixed) : ir::Expr::var(sizeOf(Loop.Range));
  ir::ExprRef Turn = ir::Expr::var(Loop.Turn);
  ir::ExprRef IsThere = ir::Expr::binary(ir::ExprKind::Lt, Turn, Size);
  TypeFacts Facts = B.facts(Loop.Container->getType().getNonReferenceType());
  switch (S.Callee->getOverloadedOperator()) {
  case OO_ExclaimEqual:
    Results[S.E] = ir::Operand::value(IsThere);
    return true;
  case OO_EqualEqual:
    Results[S.E] =
        ir::Operand::value(ir::Expr::unary(ir::ExprKind::Not, IsThere));
    return true;
  case OO_PlusPlus:
    emit(ir::OpKind::Next, Loc, Loop.Turn).Args = {ir::Operand::value(Size)};
    return true;
  case OO_Star:
  case OO_Arrow:
    if (Loop.IsReversed)
      Turn = ir::Expr::binary(
          ir::ExprKind::Minus,
          ir::Expr::binary(ir::ExprKind::Minus, Size, ir::Expr::integer(1)),
          Turn);
    Results[S.E] = Facts.Row->IsSequence
                       ? elementAt(Loop.Range, Facts.Record, Turn, Loc)
                       : ir::Operand::place(elementByTurn(
                             Loop.Range, Facts.Record, Turn, Loc));
    return true;
  default:
    return false;
  }
}

} // namespace heddle::extract
