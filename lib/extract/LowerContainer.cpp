//===- LowerContainer.cpp - Containers of the standard library's kind -----===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A container is known by how many elements it has, a value of its own
// ("size()"), and by its elements. Those of a sequence have indexes: what is
// appended, and what is taken out at an index that is known, is one element
// and no other. All else is *an* element, of which nothing is claimed.
// Which classes are containers the models say; the names of their members are
// those that the standard library gave to all of its own.
//
//===----------------------------------------------------------------------===//

#include "extract/Lowering.h"
#include "extract/Names.h"
#include "clang/AST/DeclTemplate.h"
#include "llvm/ADT/StringSwitch.h"

using namespace clang;

namespace heddle::extract {

using ir::Expr;
using ir::ExprKind;
using ir::Operand;
using ExprRef = ir::ExprRef;

bool Lowering::isContainer(const clang::Expr *E) const {
  return E && isContainerClass(E->getType().getNonReferenceType());
}

ObjId Lowering::sizeOf(ObjId Container) {
  return B.Unit.part(Container, ir::ObjectKind::Field, "size()",
                     ir::TypeClass::Value);
}

void Lowering::setSize(ObjId Container, ExprRef Size, SourceSpan Loc) {
  emit(ir::OpKind::Set, Loc, sizeOf(Container)).Args = {
      Operand::value(std::move(Size))};
}

static ExprRef plus(ExprRef A, int64_t N) {
  return Expr::binary(N < 0 ? ExprKind::Minus : ExprKind::Plus, std::move(A),
                      Expr::integer(N < 0 ? -N : N));
}

/// 0 or 1, more being unknown.
static ExprRef maybeOne() {
  return Expr::binary(ExprKind::Gt, Expr::unknown(), Expr::integer(0));
}

/// One more, or, when the key was there already, as many as before. An empty
/// container has one afterwards in any case.
static ExprRef grown(const ExprRef &Size) {
  return Expr::binary(
      ExprKind::Plus, Size,
      Expr::binary(ExprKind::Or,
                   Expr::binary(ExprKind::Le, Size, Expr::integer(0)),
                   maybeOne()));
}

static ExprRef shrunk(const ExprRef &Size) {
  return Expr::binary(
      ExprKind::Minus, Size,
      Expr::binary(ExprKind::And,
                   Expr::binary(ExprKind::Gt, Size, Expr::integer(0)),
                   maybeOne()));
}

/// The type of the elements, of the mapped values for a map.
QualType Lowering::elementType(const CXXRecordDecl *R) {
  const auto *C = dyn_cast_or_null<ClassTemplateSpecializationDecl>(R);
  if (!C)
    return {};
  unsigned Which = C->getName().contains("map") ? 1 : 0;
  if (C->getTemplateArgs().size() <= Which ||
      C->getTemplateArgs()[Which].getKind() != TemplateArgument::Type)
    return {};
  return C->getTemplateArgs()[Which].getAsType();
}

/// Null for a set.
QualType Lowering::mappedType(const CXXRecordDecl *R) {
  return R->getName().contains("map") ? elementType(R) : QualType();
}

ObjId Lowering::elementOf(ObjId Container, const CXXRecordDecl *R) {
  QualType T = elementType(R);
  if (T.isNull())
    return B.element(Container, B.Ctx.IntTy);
  if (!R->getName().contains("map"))
    return B.element(Container, T);
  // A map's elements are pairs; its operator[] gives their second part.
  ObjId Pair =
      B.Unit.part(Container, ir::ObjectKind::Element, "", ir::TypeClass::Other);
  return B.piece(Pair, "second", T);
}

/// The pair of a map.
ObjId Lowering::wholeElementOf(ObjId Container, const CXXRecordDecl *R) {
  ObjId Element = elementOf(Container, R);
  return B.Unit.object(Element).Kind == ir::ObjectKind::Element
             ? Element
             : B.Unit.object(Element).Base;
}

/// The one element at Index, under a name of its own. Plain numbers have no
/// identity that matters.
Operand Lowering::elementAt(ObjId Container, const CXXRecordDecl *R,
                            ExprRef Index, SourceSpan Loc) {
  ObjId Element = elementOf(Container, R);
  QualType T = elementType(R);
  if (T.isNull() || B.Unit.object(Element).Type == ir::TypeClass::Value)
    return Operand::place(Element);
  Operand One = elementAt(Container, T, Index, Loc);
  ElementNames[One.Obj] = {Container, R, std::move(Index)};
  return One;
}

Operand Lowering::elementAt(ObjId Container, QualType T, ExprRef Index,
                            SourceSpan Loc) {
  ObjId Element = B.element(Container, T);
  ObjId One = B.temp(F, T, Loc, "element");
  B.Unit.Objects[One.index()].IsAlias = true;
  B.Unit.Objects[One.index()].Name = B.Unit.describe(Element);
  emit(ir::OpKind::Bind, Loc, One).Args = {Operand::place(Element),
                                           Operand::value(std::move(Index))};
  return Operand::place(One);
}

/// In becomes the element at Index; with no index, one of the elements.
void Lowering::putElement(ObjId Container, const CXXRecordDecl *R, Operand In,
                          ExprRef Index, SourceSpan Loc) {
  ObjId Element = elementOf(Container, R);
  In = keptCopy(std::move(In), elementType(R), Loc);
  bool Names = (In.K == Operand::Kind::Place && In.Obj != Element) ||
               In.K == Operand::Kind::Function;
  // A number is only of use where it is the one at Index.
  bool IsNumber = B.Unit.object(Element).Type == ir::TypeClass::Value;
  bool HasValue = Index && In.K == Operand::Kind::Value;
  if (IsNumber ? !Index || In.K == Operand::Kind::None : !Names && !HasValue)
    return;
  if (IsNumber && In.K == Operand::Kind::Place)
    In = Operand::value(Expr::var(In.Obj));
  ir::Op &Put = emit(ir::OpKind::Bind, Loc, Element);
  Put.Args = {std::move(In)};
  if (Index)
    Put.Args.push_back(Operand::value(std::move(Index)));
}

/// A new element made from the arguments of S after FirstArg.
Operand Lowering::makeElement(const CXXRecordDecl *R, const CallSite &S,
                              unsigned FirstArg) {
  QualType T = elementType(R);
  const auto *Class = T.isNull() ? nullptr : T->getAsCXXRecordDecl();
  bool Copies = S.Args.size() == FirstArg + 1 && !T.isNull() &&
                B.Ctx.hasSameUnqualifiedType(
                    S.Args[FirstArg]->getType().getNonReferenceType(), T);
  if (!Class || Copies)
    return S.Args.size() > FirstArg ? operand(S.Args[S.Args.size() - 1])
                                    : Operand::none();
  ObjId Made = B.temp(F, T, B.span(S.E->getSourceRange()), "new element");
  Operand Result = Results.lookup(S.E);
  constructIn(Made, Class, S, FirstArg);
  Operand In = Results.lookup(S.E);
  Results[S.E] = Result;
  // A handle or callable made from another denotes that.
  bool IsElsewhere = In.K != Operand::Kind::None && In.K != Result.K;
  return IsElsewhere && In.K == Operand::Kind::Function ? In
                                                        : Operand::place(Made);
}

/// The elements are others now, and their number is not known; what is among
/// From may be one of them.
void Lowering::forgetElements(ObjId Container, SourceSpan Loc,
                              llvm::ArrayRef<const clang::Expr *> From) {
  std::vector<Operand> Given;
  llvm::SmallVector<const clang::Stmt *, 8> Todo(From);
  while (!Todo.empty()) {
    const auto *E = dyn_cast_or_null<clang::Expr>(Todo.pop_back_val());
    E = E ? bare(E) : nullptr;
    if (!E || isa<LambdaExpr>(E))
      continue;
    if (isa<InitListExpr, CXXConstructExpr, CXXStdInitializerListExpr>(E)) {
      Todo.append(E->child_begin(), E->child_end());
      continue;
    }
    Operand A = operand(E);
    if (A.K == Operand::Kind::Function ||
        (A.K == Operand::Kind::Place &&
         B.Unit.object(A.Obj).Type != ir::TypeClass::Value))
      Given.push_back(std::move(A));
  }
  emit(ir::OpKind::Havoc, Loc, Container).Args = std::move(Given);
}

/// A member of a container. False when it is none.
bool Lowering::lowerContainer(const CallSite &S) {
  const auto *Method = dyn_cast_or_null<CXXMethodDecl>(S.Callee);
  if (!Method || !S.This || Method->isStatic())
    return false;
  // An iterator stands for what it points to.
  OverloadedOperatorKind Op = Method->getOverloadedOperator();
  if ((Op == OO_Arrow || Op == OO_Star) && isIterator(S.This->getType())) {
    ObjId Pointee = place(S.This);
    if (Pointee)
      Results[S.E] = ir::Operand::place(Pointee);
    return bool(Pointee);
  }
  if (lowerNodeHandle(S))
    return true;
  if (!isContainer(S.This))
    return false;
  ObjId C = place(S.This);
  TypeFacts Facts = B.facts(S.This->getType().getNonReferenceType());
  const CXXRecordDecl *R = Facts.Record;
  if (!C || !R)
    return false;
  bool Keyed = Facts.Row->IsKeyed;
  enum Kind {
    Other,
    Size,
    Empty,
    Append,
    Make,
    Prepend,
    Insert,
    Pop,
    PopBack,
    PopFront,
    Clear,
    Swap,
    Resize,
    Erase,
    Front,
    Back,
    At,
    Iterator
  } What = llvm::StringSwitch<Kind>(unqualifiedName(Method))
               .Case("size", Size)
               .Case("length", Size)
               .Case("empty", Empty)
               .Case("push_back", Append)
               .Case("push", Append)
               .Case("emplace_back", Make)
               .Case("push_front", Prepend)
               .Case("emplace_front", Prepend)
               .Case("insert", Insert)
               .Case("try_emplace", Insert)
               .Case("insert_or_assign", Insert)
               .Case("emplace", Keyed || Facts.Row->IsAdaptor ? Make : Insert)
               .Case("pop", Pop)
               .Case("pop_back", PopBack)
               .Case("pop_front", PopFront)
               .Case("clear", Clear)
               .Case("swap", Swap)
               .Case("resize", Resize)
               .Case("erase", Erase)
               .Case("front", Front)
               .Case("back", Back)
               .Case("top", Back)
               .Case("operator[]", At)
               .Case("at", At)
               .Case("begin", Iterator)
               .Case("find", Iterator)
               .Case("lower_bound", Iterator)
               .Case("upper_bound", Iterator)
               .Default(Other);
  SourceSpan Loc = B.span(S.E->getSourceRange());
  auto Fixed = fixedSize(S.This->getType());
  ExprRef N = Fixed ? Expr::integer(*Fixed) : Expr::var(sizeOf(C));
  bool Inserts = What == At && Keyed && !Method->isConst() &&
                 unqualifiedName(Method) == "operator[]";
  bool Reads = Method->isConst() || What == At || What == Front ||
               What == Back || What == Iterator ||
               unqualifiedName(Method) == "end";
  access(Reads && !Inserts ? ir::OpKind::Read : ir::OpKind::Write, S.This);
  for (const clang::Expr *A : S.Args)
    (void)operand(A);
  if (Keyed) {
    // For who does not follow keys; who does finds their number himself.
    if (Inserts || What == Insert || What == Make)
      setSize(C, grown(N), Loc);
    else if (What == Erase && S.Args.size() == 1)
      setSize(C, S.E->getType()->isIntegerType() ? shrunk(N) : plus(N, -1),
              Loc);
    if (lowerByKey(S, C, R))
      return true;
  }

  switch (What) {
  case Size:
    Results[S.E] = Operand::value(N);
    return true;
  case Empty:
    Results[S.E] =
        Operand::value(Expr::binary(ExprKind::Le, N, Expr::integer(0)));
    return true;
  case Append:
  case Make: {
    Operand In = What == Make ? makeElement(R, S, Keyed && S.Args.size() > 1)
                 : S.Args.empty() ? Operand::none()
                                  : operand(S.Args[0]);
    putElement(C, R, In, Keyed ? nullptr : N, Loc);
    if (!Keyed)
      setSize(C, plus(N, 1), Loc);
    if (What == Append && !S.Args.empty())
      emptyMoved(S.Args[0], Loc);
    if (S.Args.size() == 1)
      leaveBehind(S.Args[0], Loc);
    if (In.K == Operand::Kind::Place)
      Results[S.E] = In;
    return true;
  }
  case Insert: {
    Operand In =
        S.Args.empty() ? Operand::none() : operand(S.Args[S.Args.size() - 1]);
    putElement(C, R, In, nullptr, Loc);
    if (!Keyed && S.Args.size() != 2)
      forgetElements(C, Loc, S.Args); // of a range
    else if (!Keyed)
      setSize(C, plus(N, 1), Loc);
    return true;
  }
  case Prepend:
    forgetElements(C, Loc, S.Args);
    return true;
  case Pop:
  case PopFront:
  case PopBack: {
    bool IsLast = What == PopBack || (What == Pop && R->getName() != "queue");
    if (endsMatter(elementType(R)) && !Keyed)
      endElement(
          elementAt(C, R, IsLast ? plus(N, -1) : Expr::integer(0), Loc).Obj, R,
          false, Loc);
    if (!IsLast)
      emit(ir::OpKind::Shift, Loc, C).Args = {Operand::value(Expr::integer(1))};
    setSize(C, plus(N, -1), Loc);
    return true;
  }
  case Clear:
    endElements(C, R, Loc);
    empty(C, Loc);
    return true;
  case Swap: {
    ObjId With = S.Args.empty() ? ObjId() : place(S.Args[0]);
    if (With)
      swapElements(C, With, R, Loc);
    else
      forgetElements(C, Loc, S.Args);
    return true;
  }
  case Resize:
    setSize(C, S.Args.empty() ? Expr::unknown() : value(S.Args[0]), Loc);
    return true;
  case Erase: {
    forgetElements(B.element(C, B.Ctx.IntTy), Loc);
    if (S.Args.size() == 1 && !Keyed)
      setSize(C, plus(N, -1), Loc);
    else if (S.Args.size() != 1)
      forgetElements(C, Loc);
    return true;
  }
  case Front:
    Results[S.E] = elementAt(C, R, Expr::integer(0), Loc);
    return true;
  case Back:
    Results[S.E] = elementAt(C, R, plus(N, -1), Loc);
    return true;
  case At:
    if (Keyed || S.Args.empty()) {
      Results[S.E] = Operand::place(elementOf(C, R));
      return true;
    }
    Results[S.E] = elementAt(C, R, value(S.Args[0]), Loc);
    return true;
  case Iterator:
    Results[S.E] = Operand::place(
        B.element(C, elementType(R).isNull() ? B.Ctx.IntTy : elementType(R)));
    return true;
  case Other:
    if (!Reads)
      forgetElements(C, Loc, S.Args);
    return true;
  }
  return true;
}

} // namespace heddle::extract
