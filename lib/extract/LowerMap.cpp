//===- LowerMap.cpp - Elements by key -------------------------------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// An iterator into a map is a pointer to its element, null at the end.
//
//===----------------------------------------------------------------------===//

#include "extract/Lowering.h"
#include "extract/Names.h"

using namespace clang;

namespace heddle::extract {

using ir::Operand;

/// Whether a look-up found the element that One stands for, or nothing.
static Operand isThere(ObjId One) {
  return Operand::value(ir::Expr::binary(ir::ExprKind::Gt, ir::Expr::var(One),
                                         ir::Expr::integer(0)));
}

static Operand isMissing(ObjId One) {
  return Operand::value(ir::Expr::binary(ir::ExprKind::Le, ir::Expr::var(One),
                                         ir::Expr::integer(0)));
}

/// The element that Which is, or that has it as its key, leaves C.
void Lowering::takeByKey(ObjId C, Operand Which, SourceSpan Loc) {
  ir::Op &O = emit(ir::OpKind::Shift, Loc, C);
  O.How = ir::Mode::Key;
  O.Args = {Operand::value(ir::Expr::integer(1)), std::move(Which)};
}

/// The element of C at Key, under a name of its own. New is put there when
/// there is none; without New the name denotes nothing then.
ObjId Lowering::elementByKey(ObjId C, const CXXRecordDecl *R, ir::ExprRef Key,
                             ObjId New, SourceSpan Loc) {
  ObjId Element = wholeElementOf(C, R);
  ObjId One = B.temp(F, B.Ctx.VoidTy, Loc, "element");
  B.Unit.Objects[One.index()].IsAlias = true;
  B.Unit.Objects[One.index()].Name = B.Unit.describe(Element);
  ir::Op &O = emit(ir::OpKind::Bind, Loc, One);
  O.How = ir::Mode::Key;
  O.Args = {Operand::place(Element), Operand::value(std::move(Key))};
  if (New)
    O.Args.push_back(Operand::place(New));
  return One;
}

/// The element of this turn of a loop over map C.
ObjId Lowering::elementByTurn(ObjId C, const CXXRecordDecl *R, ir::ExprRef Turn,
                              SourceSpan Loc) {
  ObjId One = elementByKey(C, R, std::move(Turn), {}, Loc);
  cur().Ops.back().How = ir::Mode::Plain;
  return One;
}

/// The mapped value of element One of a map of class R; One itself of a set.
ObjId Lowering::mappedOf(ObjId One, const CXXRecordDecl *R) {
  QualType T = mappedType(R);
  return T.isNull() ? One : B.partLike(One, "second", T);
}

/// An element as operator[] makes it.
ObjId Lowering::newElement(const CXXRecordDecl *R, const CallSite &S) {
  SourceSpan Loc = B.span(S.E->getSourceRange());
  ObjId New = B.temp(F, B.Ctx.VoidTy, Loc, "new element");
  emit(ir::OpKind::Make, Loc, New);
  QualType T = mappedType(R);
  if (T.isNull())
    return New;
  ObjId Second = B.partLike(New, "second", T);
  TypeFacts Facts = B.facts(T);
  Operand Made = Results.lookup(S.E);
  CallSite None;
  None.E = S.E;
  if (const CXXRecordDecl *Class = T->getAsCXXRecordDecl())
    constructIn(Second, Class, None, 0);
  else if (Facts.IsAlias)
    pointNowhere(Second, Loc);
  else if (Facts.IsValue)
    emit(ir::OpKind::Set, Loc, Second).Args = {
        Operand::value(ir::Expr::integer(0))};
  Results[S.E] = Made;
  return New;
}

/// A member of a container by key. False when it is none, or the key does not
/// say which element.
bool Lowering::lowerByKey(const CallSite &S, ObjId C, const CXXRecordDecl *R) {
  if (S.Args.empty() || R->getName().contains("multi"))
    return false;
  std::string Name = unqualifiedName(cast<NamedDecl>(S.Callee));
  SourceSpan Loc = B.span(S.E->getSourceRange());
  bool IsMap = !mappedType(R).isNull();
  if (Name == "operator[]") {
    ObjId One = elementByKey(C, R, value(S.Args[0]), newElement(R, S), Loc);
    Results[S.E] = Operand::place(mappedOf(One, R));
    return true;
  }
  if (Name == "at" || Name == "find") {
    ObjId One = elementByKey(C, R, value(S.Args[0]), {}, Loc);
    Results[S.E] = Operand::place(Name == "at" ? mappedOf(One, R) : One);
    return true;
  }
  if (Name == "contains" || Name == "count") {
    ObjId One = elementByKey(C, R, value(S.Args[0]), {}, Loc);
    Results[S.E] = isThere(One);
    return true;
  }
  if (Name == "emplace" || Name == "try_emplace" ||
      Name == "insert_or_assign" || (Name == "insert" && !IsMap)) {
    if (S.Args.size() != 1 + IsMap)
      return false;
    Operand In = operand(S.Args.back());
    // What it gives says whether there was none before.
    ObjId Before = elementByKey(C, R, value(S.Args[0]), {}, Loc);
    ObjId Given = B.temp(F, S.E->getType(), Loc, "inserted");
    ObjId IsNew = B.partLike(Given, "second", B.Ctx.BoolTy);
    emit(ir::OpKind::Set, Loc, IsNew).Args = {isMissing(Before)};
    Results[S.E] = Operand::place(Given);
    ObjId One = elementByKey(C, R, value(S.Args[0]), newElement(R, S), Loc);
    if (IsMap)
      assign(mappedOf(One, R), keptCopy(std::move(In), mappedType(R), Loc),
             mappedType(R), Loc);
    emptyMoved(S.Args.back(), Loc);
    return true;
  }
  if (Name == "extract") {
    // What it gives is a pointer to the element, which has left the map.
    bool IsAt = isIterator(S.Args[0]->getType());
    ObjId One =
        IsAt ? place(S.Args[0]) : elementByKey(C, R, value(S.Args[0]), {}, Loc);
    takeByKey(
        C, IsAt && One ? Operand::place(One) : Operand::value(value(S.Args[0])),
        Loc);
    Results[S.E] = One ? Operand::place(One) : Operand::none();
    return true;
  }
  if (Name == "erase" && S.Args.size() == 1) {
    ObjId At = isIterator(S.Args[0]->getType()) ? place(S.Args[0]) : ObjId();
    takeByKey(C, At ? Operand::place(At) : Operand::value(value(S.Args[0])),
              Loc);
    return true;
  }
  return false;
}

/// A member of what `extract` of a map or set gave.
bool Lowering::lowerNodeHandle(const CallSite &S) {
  ObjId One = isNodeHandle(S.This->getType()) ? place(S.This) : ObjId();
  if (!One)
    return false;
  std::string Name = unqualifiedName(cast<NamedDecl>(S.Callee));
  if (Name == "mapped")
    Results[S.E] = Operand::place(
        B.partLike(One, "second", S.E->getType().getNonReferenceType()));
  else if (Name == "value")
    Results[S.E] = Operand::place(One);
  else if (Name == "empty")
    Results[S.E] = isMissing(One);
  else if (isa<CXXConversionDecl>(S.Callee))
    Results[S.E] = isThere(One);
  return true;
}

/// `a == b` of strings.
bool Lowering::lowerTextTest(const CallSite &S) {
  OverloadedOperatorKind Op = S.Callee->getOverloadedOperator();
  if ((Op != OO_EqualEqual && Op != OO_ExclaimEqual) || S.This ||
      S.Args.size() != 2)
    return false;
  auto IsText = [&](const Expr *E) {
    const models::TypeRow *Row =
        B.facts(E->getType().getNonReferenceType()).Row;
    return (Row && Row->IsText) ||
           isa_and_nonnull<clang::StringLiteral>(bare(E));
  };
  if (!IsText(S.Args[0]) || !IsText(S.Args[1]))
    return false;
  Results[S.E] = Operand::value(ir::Expr::binary(
      Op == OO_EqualEqual ? ir::ExprKind::Eq : ir::ExprKind::Ne,
      value(S.Args[0]), value(S.Args[1])));
  return true;
}

/// `it == m.end()`: whether a look-up by key found nothing.
bool Lowering::lowerEndTest(const CallSite &S) {
  OverloadedOperatorKind Op = S.Callee->getOverloadedOperator();
  if (Op != OO_EqualEqual && Op != OO_ExclaimEqual)
    return false;
  const Expr *A = S.This ? S.This : S.Args[0];
  const Expr *C = S.Args.back();
  auto IsEnd = [&](const Expr *E) {
    const auto *Call = dyn_cast_or_null<CXXMemberCallExpr>(bare(E));
    const CXXMethodDecl *M = Call ? Call->getMethodDecl() : nullptr;
    if (!M || (unqualifiedName(M) != "end" && unqualifiedName(M) != "cend"))
      return false;
    const models::TypeRow *Row =
        B.facts(Call->getImplicitObjectArgument()->getType()).Row;
    return Row && Row->IsKeyed;
  };
  const Expr *It = IsEnd(C) ? A : IsEnd(A) ? C : nullptr;
  ObjId O = It ? place(It) : ObjId();
  if (!O || B.Unit.object(O).Type == ir::TypeClass::Value ||
      !B.Unit.object(O).IsAlias)
    return false;
  Results[S.E] = Op == OO_EqualEqual ? isMissing(O) : isThere(O);
  return true;
}

} // namespace heddle::extract
