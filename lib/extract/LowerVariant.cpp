//===- LowerVariant.cpp - Objects that hold one of several, or nothing ----===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The value of a variant is the index of the alternative that it holds, which
// is the part "*0", "*1", …: names, each with its own type, of one part '*', as
// that of an optional. Where the index is not known any alternative may be it.
//
//===----------------------------------------------------------------------===//

#include "extract/Lowering.h"
#include "extract/Names.h"
#include "clang/AST/DeclTemplate.h"

using namespace clang;

namespace heddle::extract {

/// The types that an R, a variant or an optional, can hold; empty for others.
std::vector<QualType> Lowering::alternativesOf(const CXXRecordDecl *R) const {
  std::vector<QualType> Out;
  const auto *S = dyn_cast_or_null<ClassTemplateSpecializationDecl>(R);
  const models::TypeRow *Row = S ? B.M.type(canonicalName(S)) : nullptr;
  if (!Row || Row->Class != ir::TypeClass::Value || Row->IsText)
    return Out;
  for (const TemplateArgument &A : S->getTemplateArgs().asArray()) {
    if (A.getKind() == TemplateArgument::Type)
      Out.push_back(A.getAsType());
    else if (A.getKind() == TemplateArgument::Pack)
      for (const TemplateArgument &P : A.pack_elements())
        if (P.getKind() == TemplateArgument::Type)
          Out.push_back(P.getAsType());
  }
  return Out;
}

bool Lowering::isVariant(const CXXRecordDecl *R) const {
  const models::TypeRow *Row = R ? B.M.type(canonicalName(R)) : nullptr;
  return Row && Row->IsOneOf;
}

/// The one of All that is T; none when there is not just one.
std::optional<unsigned>
Lowering::whichIs(QualType T, const std::vector<QualType> &All) const {
  std::optional<unsigned> Found;
  T = T.getNonReferenceType();
  for (unsigned I = 0; I < All.size(); ++I)
    if (B.Ctx.hasSameUnqualifiedType(T, All[I])) {
      if (Found)
        return std::nullopt;
      Found = I;
    }
  return Found;
}

/// The one of All that a template argument names, by type or by index.
std::optional<unsigned>
Lowering::whichIsNamed(const TemplateArgumentList *Args,
                       const std::vector<QualType> &All) const {
  if (!Args || Args->size() == 0)
    return std::nullopt;
  const TemplateArgument &A = Args->get(0);
  if (A.getKind() == TemplateArgument::Type)
    return whichIs(A.getAsType(), All);
  if (A.getKind() == TemplateArgument::Integral &&
      A.getAsIntegral().getZExtValue() < All.size())
    return unsigned(A.getAsIntegral().getZExtValue());
  return std::nullopt;
}

/// What V, of class R, holds as alternative Which, of type T.
ObjId Lowering::alternative(ObjId V, const CXXRecordDecl *R, unsigned Which,
                            QualType T) {
  std::string Name = isVariant(R) ? "*" + std::to_string(Which) : "*";
  return B.partLike(V, Name.c_str(), T);
}

/// V begins to hold a new object, alternative Which, made from what S has
/// after FirstArg.
void Lowering::fill(ObjId V, const CXXRecordDecl *R, unsigned Which,
                    const CallSite &S, unsigned FirstArg) {
  QualType T = alternativesOf(R)[Which];
  SourceSpan Loc = B.span(S.E->getSourceRange());
  emit(ir::OpKind::Set, Loc, V).Args = {
      ir::Operand::value(ir::Expr::integer(isVariant(R) ? Which : 1))};
  ObjId New = B.temp(F, T.getUnqualifiedType(), Loc, "new object");
  ir::Operand Made = Results.lookup(S.E);
  if (const CXXRecordDecl *Class = T->getAsCXXRecordDecl()) {
    emit(ir::OpKind::Make, Loc, New);
    constructIn(New, Class, S, FirstArg);
  } else if (S.Args.size() > FirstArg) {
    lowerInit(New, T, S.Args[FirstArg], Loc);
  }
  if (Made.K == ir::Operand::Kind::None)
    Results.erase(S.E);
  else
    Results[S.E] = Made;
  ObjId Held = alternative(V, R, Which, T);
  assign(Held, ir::Operand::place(New), T, Loc);
  endsUnseen(Held, T->getAsCXXRecordDecl(), Loc);
}

/// V, a variant of class R, becomes what From is.
void Lowering::setVariant(ObjId V, const CXXRecordDecl *R, const Expr *From,
                          SourceSpan Loc) {
  std::vector<QualType> All = alternativesOf(R);
  const auto *Other =
      From->getType().getNonReferenceType()->getAsCXXRecordDecl();
  if (Other && Other->getCanonicalDecl() == R->getCanonicalDecl()) {
    emit(ir::OpKind::Set, Loc, V).Args = {ir::Operand::value(value(From))};
    return copyContent(V, From, Loc);
  }
  std::optional<unsigned> Which = whichIs(From->getType(), All);
  emit(ir::OpKind::Set, Loc, V).Args = {ir::Operand::value(
      Which ? ir::Expr::integer(*Which) : ir::Expr::unknown())};
  ir::Operand In = operand(From);
  if (Which && In.K != ir::Operand::Kind::None)
    assign(alternative(V, R, *Which, All[*Which]), std::move(In), All[*Which],
           Loc);
  else
    emit(ir::OpKind::Escape, Loc, V);
}

/// A variant made in Target.
void Lowering::makeVariant(ObjId Target, const CXXRecordDecl *R,
                           const CallSite &S) {
  SourceSpan Loc = B.span(S.E->getSourceRange());
  std::vector<QualType> All = alternativesOf(R);
  if (S.Args.empty() && !All.empty())
    return fill(Target, R, 0, S, 0);
  const auto *Tag = dyn_cast_or_null<ClassTemplateSpecializationDecl>(
      S.Args.empty()
          ? nullptr
          : S.Args[0]->getType().getNonReferenceType()->getAsCXXRecordDecl());
  if (Tag && Tag->getName().starts_with("in_place_"))
    if (auto Which = whichIsNamed(&Tag->getTemplateArgs(), All))
      return fill(Target, R, *Which, S, 1);
  if (S.Args.size() == 1)
    return setVariant(Target, R, S.Args[0], Loc);
  emit(ir::OpKind::Set, Loc, Target).Args = {
      ir::Operand::value(ir::Expr::unknown())};
  emit(ir::OpKind::Escape, Loc, Target);
}

/// get, get_if, holds_alternative and emplace, as the row says. False when it
/// is not known of what.
bool Lowering::lowerAlternative(const CallSite &S, const models::CallRow &Row) {
  const Expr *E = roleExpr(Row.Object, S);
  if (!E || !S.Callee)
    return false;
  QualType T = E->getType().getNonReferenceType();
  if (T->isPointerType())
    T = T->getPointeeType();
  const CXXRecordDecl *R = T->getAsCXXRecordDecl();
  std::vector<QualType> All = alternativesOf(R);
  ObjId V = place(E);
  if (All.empty() || !V)
    return false;
  std::optional<unsigned> Which = 0;
  if (isVariant(R))
    Which = whichIsNamed(S.Callee->getTemplateSpecializationArgs(), All);
  if (!Which)
    return false;
  SourceSpan Loc = B.span(S.E->getSourceRange());
  QualType Held = All[*Which];
  auto Is = [&] {
    return ir::Expr::binary(ir::ExprKind::Eq, ir::Expr::var(V),
                            ir::Expr::integer(*Which));
  };
  switch (Row.E) {
  case models::Effect::IsAlternative:
    Results[S.E] = ir::Operand::value(Is());
    return true;
  case models::Effect::Alternative:
    Results[S.E] = ir::Operand::place(alternative(V, R, *Which, Held));
    return true;
  case models::Effect::Fill:
    fill(V, R, *Which, S, 0);
    Results[S.E] = ir::Operand::place(alternative(V, R, *Which, Held));
    return true;
  default:
    break;
  }
  // A pointer to it, or null.
  ObjId Part = alternative(V, R, *Which, Held);
  ObjId Pointer = B.temp(F, S.E->getType(), Loc, "alternative");
  B.Unit.Objects[Pointer.index()].Name = B.Unit.describe(Part);
  BlockId Yes = newBlock(), No = newBlock(), After = newBlock();
  ir::Terminator Asks;
  Asks.K = ir::Terminator::Kind::Branch;
  Asks.Loc = Loc;
  Asks.Cond = Is();
  Asks.Succs = {Yes, No};
  terminate(std::move(Asks));
  Cur = Yes;
  IsTerminated = false;
  // A number would be taken for the pointer's own value.
  TypeFacts Facts = B.facts(Held);
  emit(ir::OpKind::Bind, Loc, Pointer).Args = {
      Facts.IsValue ? ir::Operand::none() : ir::Operand::place(Part)};
  if (Facts.IsValue || (Facts.Class == ir::TypeClass::Other && !Facts.IsAlias))
    emit(ir::OpKind::Set, Loc, Pointer).Args = {
        ir::Operand::value(ir::Expr::integer(1))};
  jump(After);
  Cur = No;
  IsTerminated = false;
  pointNowhere(Pointer, Loc);
  jump(After);
  Cur = After;
  IsTerminated = false;
  Results[S.E] = ir::Operand::place(Pointer);
  return true;
}

/// All that can be called of R, in its bases too.
static void findOperators(const CXXRecordDecl *R,
                          std::vector<const FunctionDecl *> &Out,
                          unsigned Depth = 0) {
  if (!R || !R->hasDefinition() || Depth > 8)
    return;
  R = R->getDefinition();
  for (const Decl *Member : R->decls()) {
    if (const auto *M = dyn_cast<CXXMethodDecl>(Member)) {
      if (M->getOverloadedOperator() == OO_Call)
        Out.push_back(M);
    } else if (const auto *T = dyn_cast<FunctionTemplateDecl>(Member)) {
      if (T->getTemplatedDecl()->getOverloadedOperator() == OO_Call)
        for (const FunctionDecl *S : T->specializations())
          Out.push_back(S);
    }
  }
  for (const CXXBaseSpecifier &Base : R->bases())
    findOperators(Base.getType()->getAsCXXRecordDecl(), Out, Depth + 1);
}

/// std::visit of one variant: calls what takes the alternative that there is.
bool Lowering::lowerVisit(const CallSite &S, const models::CallRow &Row) {
  const Expr *Visitor = roleExpr(Row.Callable, S);
  if (!Visitor || S.Args.size() != 2)
    return false;
  const CXXRecordDecl *R =
      S.Args[1]->getType().getNonReferenceType()->getAsCXXRecordDecl();
  ObjId V = place(S.Args[1]);
  std::vector<QualType> All = alternativesOf(R);
  if (!V || All.empty() || !isVariant(R))
    return false;
  const CXXRecordDecl *Class =
      Visitor->getType().getNonReferenceType()->getAsCXXRecordDecl();
  std::vector<const FunctionDecl *> Operators;
  findOperators(Class, Operators);
  SourceSpan Loc = B.span(S.E->getSourceRange());
  ObjId This = Class && !Class->isLambda() ? place(Visitor) : ObjId();
  ObjId Result;
  if (!S.E->getType()->isVoidType())
    Result = resultTemp(S.E, "visited");
  BlockId From = Cur, After = newBlock();
  ir::Terminator T;
  T.K = ir::Terminator::Kind::Switch;
  T.Loc = Loc;
  T.Cond = ir::Expr::var(V);
  for (unsigned I = 0; I < All.size(); ++I) {
    ir::Callable Fn;
    for (const FunctionDecl *Op : Operators)
      if (Op->getNumParams() == 1 && Fn.Targets.empty() &&
          B.Ctx.hasSameUnqualifiedType(
              Op->getParamDecl(0)->getType().getNonReferenceType(), All[I]))
        if (FuncId Target = linked(Op)) {
          Fn.Targets.push_back(Target);
          Fn.Name = B.Unit.function(Target).Name;
          // A lambda's This is that of the function around it.
          Fn.This = B.Unit.function(Target).This ? This : ObjId();
        }
    if (Fn.Targets.empty()) {
      Fn = callable(Visitor);
      Fn.Open = true;
    }
    if (I)
      T.Values.push_back(int64_t(I - 1));
    Cur = newBlock();
    IsTerminated = false;
    T.Succs.push_back(Cur);
    emitCall(std::move(Fn), {ir::Operand::place(alternative(V, R, I, All[I]))},
             S.E);
    cur().Ops.back().Result = Result;
    jump(After);
  }
  Cur = From;
  IsTerminated = false;
  terminate(std::move(T));
  Cur = After;
  IsTerminated = false;
  if (Result)
    Results[S.E] = ir::Operand::place(Result);
  return true;
}

} // namespace heddle::extract
