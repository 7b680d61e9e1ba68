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
#include "clang/AST/DeclTemplate.h"

using namespace clang;

namespace heddle::extract {

using ir::Operand;

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
  return T.isNull() ? One : B.piece(One, "second", T);
}

static QualType keyType(const CXXRecordDecl *R) {
  const auto *C = dyn_cast<ClassTemplateSpecializationDecl>(R);
  return C && C->getTemplateArgs().size() > 0 &&
                 C->getTemplateArgs()[0].getKind() == TemplateArgument::Type
             ? C->getTemplateArgs()[0].getAsType()
             : QualType();
}

/// Keys of R that are equal have one number, and others have others: integers
/// and strings. The value of a pointer is no such number.
bool Lowering::hasKnownKeys(const CXXRecordDecl *R) const {
  QualType T = keyType(R);
  if (T.isNull())
    return false;
  TypeFacts Facts = B.facts(T);
  return T->isIntegralOrEnumerationType() ||
         (Facts.Row && Facts.Row->IsText && !Facts.IsAlias);
}

/// The parts of O, of type T, get names, as somebody else's get them.
void Lowering::nameParts(ObjId O, QualType T) {
  for (const Part &P : partsOf(T))
    if (ObjId Inner = partAt(O, P))
      nameParts(Inner, P.T);
}

/// An element of C as operator[] makes it; with In, one whose mapped value is
/// that.
ObjId Lowering::newElement(ObjId C, const CXXRecordDecl *R, const CallSite &S,
                           const Operand *In, bool Moves) {
  SourceSpan Loc = B.span(S.E->getSourceRange());
  ObjId New = B.temp(F, B.Ctx.VoidTy, Loc, "new element");
  emit(ir::OpKind::Make, Loc, New);
  QualType T = mappedType(R);
  if (T.isNull())
    return New;
  ObjId Second = B.piece(New, "second", T);
  // Whoever does not follow keys takes it for a part of any element.
  nameParts(elementOf(C, R), T);
  if (In) {
    put(Second, *In, T, Moves, Loc);
    return New;
  }
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

/// Element New, whose mapped value is there already, goes into C at Key; when
/// there is one it stays and, if Replaces, gets the value. What the call gives
/// says where it is, and whether there was none before.
void Lowering::insertByKey(const CallSite &S, ObjId C, const CXXRecordDecl *R,
                           ir::ExprRef Key, ObjId New, bool Replaces) {
  SourceSpan Loc = B.span(S.E->getSourceRange());
  ObjId Before = elementByKey(C, R, Key, {}, Loc);
  ObjId Given = B.temp(F, S.E->getType(), Loc, "inserted");
  emit(ir::OpKind::Make, Loc, Given);
  emit(ir::OpKind::Set, Loc, B.piece(Given, "second", B.Ctx.BoolTy)).Args = {
      Operand::value(isMissing(Before))};
  ObjId One = elementByKey(C, R, std::move(Key), New, Loc);
  if (std::vector<Part> Parts = partsOf(S.E->getType()); Parts.size() == 2)
    emit(ir::OpKind::Bind, Loc, partAt(Given, Parts[0])).Args = {
        Operand::place(One)};
  QualType T = mappedType(R);
  if (Replaces && !T.isNull())
    put(mappedOf(One, R), Operand::place(B.piece(New, "second", T)), T, false,
        Loc);
  Results[S.E] = Operand::place(Given);
}

/// A map or set in braces: C, just made, gets what List has.
bool Lowering::fillByKey(ObjId C, const CXXRecordDecl *R,
                         const InitListExpr *List, const CallSite &S) {
  if (R->getName().contains("multi"))
    return false;
  SourceSpan Loc = B.span(S.E->getSourceRange());
  QualType T = mappedType(R);
  for (const Expr *Init : List->inits()) {
    Operand In = operand(Init);
    if (!T.isNull() && In.K != Operand::Kind::Place)
      return false;
    if (T.isNull()) {
      elementByKey(C, R, keyValue(Init, R), newElement(C, R, S), Loc);
      continue;
    }
    Operand Mapped = Operand::place(B.piece(In.Obj, "second", T));
    elementByKey(C, R, keyOf(In.Obj, R), newElement(C, R, S, &Mapped), Loc);
  }
  return true;
}

/// The key of a pair that is to go into a map of class R.
ir::ExprRef Lowering::keyOf(ObjId Pair, const CXXRecordDecl *R) {
  return hasKnownKeys(R) ? ir::Expr::var(B.piece(Pair, "first", keyType(R)))
                         : ir::Expr::unknown();
}

/// E as a key of a map or set of class R.
ir::ExprRef Lowering::keyValue(const Expr *E, const CXXRecordDecl *R) {
  return hasKnownKeys(R) ? value(E) : ir::Expr::unknown();
}

/// insert and its like, called Name. False when what is inserted has no key
/// that is seen.
bool Lowering::lowerInsert(const CallSite &S, ObjId C, const CXXRecordDecl *R,
                           llvm::StringRef Name) {
  QualType T = mappedType(R);
  bool IsMap = !T.isNull();
  bool IsPair =
      IsMap && S.Args.size() == 1 && partsOf(S.Args[0]->getType()).size() == 2;
  if (IsPair) { // insert(pair), emplace(pair)
    ObjId Pair = place(S.Args[0]);
    if (!Pair)
      return false;
    Operand Mapped = Operand::place(B.piece(Pair, "second", T));
    ir::ExprRef Key = keyOf(Pair, R);
    insertByKey(S, C, R, std::move(Key), newElement(C, R, S, &Mapped), false);
    return true;
  }
  if (!IsMap) {
    if (S.Args.size() != 1)
      return false;
    insertByKey(S, C, R, keyValue(S.Args[0], R), newElement(C, R, S), false);
    return true;
  }
  const auto *Tag =
      S.Args[0]->getType().getNonReferenceType()->getAsCXXRecordDecl();
  bool IsPiecewise = Tag && Tag->getName() == "piecewise_construct_t";
  if (Name == "insert" || isIterator(S.Args[0]->getType()) || IsPiecewise)
    return false;
  ir::ExprRef Key = keyValue(S.Args[0], R);
  ObjId New;
  bool Copies = S.Args.size() == 2 &&
                (!T->getAsCXXRecordDecl() ||
                 B.Ctx.hasSameUnqualifiedType(
                     S.Args[1]->getType().getNonReferenceType(), T));
  if (Copies) {
    Operand In = operand(S.Args[1]);
    New = newElement(C, R, S, &In, S.Args[1]->isXValue());
  } else if (const CXXRecordDecl *Class = T->getAsCXXRecordDecl()) {
    SourceSpan Loc = B.span(S.E->getSourceRange());
    New = B.temp(F, B.Ctx.VoidTy, Loc, "new element");
    emit(ir::OpKind::Make, Loc, New);
    constructIn(B.piece(New, "second", T), Class, S, 1);
  } else {
    New = newElement(C, R, S);
  }
  insertByKey(S, C, R, std::move(Key), New, Name == "insert_or_assign");
  emptyMoved(S.Args.back(), B.span(S.E->getSourceRange()));
  return true;
}

/// A member of a container by key. False when it is none, or the key does not
/// say which element.
bool Lowering::lowerByKey(const CallSite &S, ObjId C, const CXXRecordDecl *R) {
  if (S.Args.empty() || R->getName().contains("multi"))
    return false;
  std::string Name = unqualifiedName(cast<NamedDecl>(S.Callee));
  SourceSpan Loc = B.span(S.E->getSourceRange());
  if (Name == "operator[]") {
    ObjId One =
        elementByKey(C, R, keyValue(S.Args[0], R), newElement(C, R, S), Loc);
    Results[S.E] = Operand::place(mappedOf(One, R));
    return true;
  }
  if (Name == "find") {
    Results[S.E] =
        Operand::place(elementByKey(C, R, keyValue(S.Args[0], R), {}, Loc));
    return true;
  }
  if (Name == "at") {
    // Where it is known that there is none, it throws.
    ObjId One = elementByKey(C, R, keyValue(S.Args[0], R), {}, Loc);
    cur().Ops.back().Args.push_back(Operand::none());
    size_t At = cur().Ops.size() - 1;
    BlockId Here = Cur, Unwind = unwindFrom(S.E);
    Blocks[Here.index()].Ops[At].Unwind = Unwind;
    Results[S.E] = Operand::place(mappedOf(One, R));
    return true;
  }
  if (Name == "contains" || Name == "count") {
    ObjId One = elementByKey(C, R, keyValue(S.Args[0], R), {}, Loc);
    Results[S.E] = Operand::value(isThere(One));
    return true;
  }
  if (Name == "emplace" || Name == "try_emplace" ||
      Name == "insert_or_assign" || Name == "insert")
    return lowerInsert(S, C, R, Name);
  if (Name == "extract") {
    // What it gives is a pointer to the element, which has left the map.
    bool IsAt = isIterator(S.Args[0]->getType());
    ObjId One = IsAt ? place(S.Args[0])
                     : elementByKey(C, R, keyValue(S.Args[0], R), {}, Loc);
    takeByKey(C,
              IsAt && One ? Operand::place(One)
                          : Operand::value(keyValue(S.Args[0], R)),
              Loc);
    Results[S.E] = One ? Operand::place(One) : Operand::none();
    return true;
  }
  if (Name == "erase" && S.Args.size() == 1) {
    ObjId At = isIterator(S.Args[0]->getType()) ? place(S.Args[0]) : ObjId();
    ObjId One = At;
    if (!One && endsMatter(mappedType(R)))
      One = elementByKey(C, R, keyValue(S.Args[0], R), {}, Loc);
    takeByKey(C,
              At ? Operand::place(At) : Operand::value(keyValue(S.Args[0], R)),
              Loc);
    if (!mappedType(R).isNull())
      endElement(One, R, !At, Loc);
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
        B.piece(One, "second", S.E->getType().getNonReferenceType()));
  else if (Name == "value")
    Results[S.E] = Operand::place(One);
  else if (Name == "empty")
    Results[S.E] = Operand::value(isMissing(One));
  else if (isa<CXXConversionDecl>(S.Callee))
    Results[S.E] = Operand::value(isThere(One));
  return true;
}

} // namespace heddle::extract
