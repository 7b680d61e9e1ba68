//===- LowerParts.cpp - Pairs and tuples ----------------------------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A pair or tuple is a place, and what it has are parts of it: `first` and
// `second`, or `0`, `1`, …. It is copied part by part: numbers go over, handles
// share, guards hand over. What std::tie makes refers to what it was given.
// Parts of the user's classes whose ends run code of theirs end out of sight.
//
//===----------------------------------------------------------------------===//

#include "extract/Lowering.h"
#include "extract/Names.h"
#include "clang/AST/DeclTemplate.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace heddle::extract {

using ir::Operand;

/// Empty for what is no pair or tuple.
std::vector<Lowering::Part> Lowering::partsOf(const CXXRecordDecl *R) const {
  std::vector<Part> Out;
  const auto *C = dyn_cast_or_null<ClassTemplateSpecializationDecl>(R);
  const models::TypeRow *Row = C ? B.M.type(canonicalName(C)) : nullptr;
  if (!Row || !Row->HasParts)
    return Out;
  std::vector<QualType> Types;
  for (const TemplateArgument &A : C->getTemplateArgs().asArray()) {
    if (A.getKind() == TemplateArgument::Type)
      Types.push_back(A.getAsType());
    else if (A.getKind() == TemplateArgument::Pack)
      for (const TemplateArgument &P : A.pack_elements())
        if (P.getKind() == TemplateArgument::Type)
          Types.push_back(P.getAsType());
  }
  bool IsPair = C->getName() == "pair" && Types.size() == 2;
  for (size_t I = 0; I < Types.size(); ++I)
    Out.push_back(
        {IsPair ? (I ? "second" : "first") : std::to_string(I), Types[I]});
  return Out;
}

/// The same of objects of type T; a pointer to one has none.
std::vector<Lowering::Part> Lowering::partsOf(QualType T) const {
  return partsOf(T.getNonReferenceType()->getAsCXXRecordDecl());
}

ObjId Lowering::partAt(ObjId Whole, const Part &P) {
  return B.piece(Whole, P.Name, P.T);
}

/// A pair or tuple begins in O: another one in each turn of a loop.
void Lowering::beginParts(ObjId O, SourceSpan Loc) {
  ir::ObjectKind Kind = B.Unit.object(O).Kind;
  if (Kind == ir::ObjectKind::Temp || Kind == ir::ObjectKind::Local ||
      Kind == ir::ObjectKind::Capture)
    emit(ir::OpKind::Make, Loc, O);
}

/// To, of type T, is not what it was, and it is not known what it is.
void Lowering::lose(ObjId To, QualType T, SourceSpan Loc) {
  TypeFacts Facts = B.facts(T.getNonReferenceType());
  if (Facts.IsAlias || !Facts.IsValue)
    emit(ir::OpKind::Bind, Loc, To).Args = {
        Operand::place(B.temp(F, T, Loc, "unknown"))};
  if (Facts.IsValue)
    emit(ir::OpKind::Set, Loc, To).Args = {Operand::value(ir::Expr::unknown())};
}

/// To, of type T, becomes what In is.
void Lowering::put(ObjId To, Operand In, QualType T, bool Moves,
                   SourceSpan Loc) {
  QualType Of = T.getNonReferenceType();
  if (In.K == Operand::Kind::None)
    return lose(To, T, Loc);
  if (T->isReferenceType()) {
    if (In.K == Operand::Kind::Place)
      emit(ir::OpKind::Bind, Loc, To).Args = {std::move(In)};
    else
      lose(To, T, Loc);
    return;
  }
  TypeFacts Facts = B.facts(Of);
  if (In.K == Operand::Kind::Place && !partsOf(Of).empty())
    return giveParts(To, In, Of, Moves, Loc);
  if (Facts.Class == ir::TypeClass::Guard && In.K == Operand::Kind::Place) {
    emit(ir::OpKind::GuardMove, Loc, To).Other = In.Obj;
    return;
  }
  ObjId From = In.K == Operand::Kind::Place ? In.Obj : ObjId();
  assign(To, keptCopy(std::move(In), Of, Loc), Of, Loc);
  bool Owns = Facts.Row && Facts.Row->OwnsReferent;
  if (Moves && From && Owns)
    pointNowhere(From, Loc);
  else if (Moves && From && isContainerClass(Of))
    empty(From, Loc);
}

/// Part P of Whole begins with what From gives; null: with nothing. S is what
/// makes the whole.
void Lowering::fillPart(ObjId Whole, const Part &P, const Expr *From,
                        SourceSpan Loc, const CallSite &S) {
  ObjId To = partAt(Whole, P);
  QualType T = P.T;
  if (T->isReferenceType())
    return put(To, From ? operand(From) : Operand::none(), T, false, Loc);
  const CXXRecordDecl *Class = T->getAsCXXRecordDecl();
  bool IsSame = From && B.Ctx.hasSameUnqualifiedType(
                            From->getType().getNonReferenceType(), T);
  if (Class && !IsSame) {
    CallSite Made;
    Made.E = S.E;
    if (From)
      Made.Args.push_back(From);
    Operand Was = Results.lookup(S.E);
    // A pair of others.
    if (From && !partsOf(Class).empty() && place(From)) {
      giveParts(To, operand(From), From->getType(), From->isXValue(), Loc);
    } else {
      constructIn(To, Class, Made, 0);
      Operand In = Results.lookup(S.E);
      if (In.K == Operand::Kind::Function &&
          B.facts(T).Class != ir::TypeClass::Callable)
        lose(To, T, Loc);
    }
    Results[S.E] = Was;
  } else if (From) {
    put(To, operand(From), T, From->isXValue(), Loc);
  } else if (B.facts(T).IsAlias) {
    pointNowhere(To, Loc);
  } else if (B.facts(T).IsValue) {
    emit(ir::OpKind::Set, Loc, To).Args = {
        Operand::value(ir::Expr::integer(0))};
  }
  if (endsByUserCode(Class, 0))
    emit(ir::OpKind::Escape, Loc, To);
}

/// A pair or tuple of class R is made in Target from the arguments of S. False
/// when R is none.
bool Lowering::makeParts(ObjId Target, const CXXRecordDecl *R,
                         const CallSite &S) {
  std::vector<Part> Parts = partsOf(R);
  if (Parts.empty())
    return false;
  SourceSpan Loc = B.span(S.E->getSourceRange());
  beginParts(Target, Loc);
  // From another, of parts that these are made from.
  if (S.Args.size() == 1 && Parts.size() > 1 && place(S.Args[0]) &&
      partsOf(S.Args[0]->getType()).size() == Parts.size()) {
    giveParts(Target, operand(S.Args[0]), S.Args[0]->getType(),
              S.Args[0]->isXValue(), Loc);
    return true;
  }
  const auto *Tag =
      S.Args.empty()
          ? nullptr
          : S.Args[0]->getType().getNonReferenceType()->getAsCXXRecordDecl();
  bool IsPiecewise = Tag && Tag->getName() == "piecewise_construct_t";
  if (IsPiecewise && S.Args.size() == Parts.size() + 1) {
    for (size_t I = 0; I < Parts.size(); ++I) {
      const auto *Tuple = dyn_cast_or_null<CallExpr>(bare(S.Args[I + 1]));
      CallSite From = Tuple ? CallSite::of(Tuple) : CallSite();
      const models::CallRow *Row = Tuple ? matchCall(From, B.M) : nullptr;
      bool IsKnown = Row && Row->E == models::Effect::Gather;
      const CXXRecordDecl *Class = Parts[I].T->getAsCXXRecordDecl();
      if (!IsKnown) {
        lose(partAt(Target, Parts[I]), Parts[I].T, Loc);
      } else if (Class && From.Args.size() != 1) {
        Operand Was = Results.lookup(S.E);
        From.E = S.E;
        From.Callee = nullptr;
        constructIn(partAt(Target, Parts[I]), Class, From, 0);
        Results[S.E] = Was;
      } else {
        fillPart(Target, Parts[I], From.Args.empty() ? nullptr : From.Args[0],
                 Loc, S);
      }
    }
    return true;
  }
  bool IsKnown = S.Args.size() == Parts.size() || S.Args.empty();
  for (size_t I = 0; I < Parts.size(); ++I)
    if (IsKnown)
      fillPart(Target, Parts[I], S.Args.empty() ? nullptr : S.Args[I], Loc, S);
    else
      lose(partAt(Target, Parts[I]), Parts[I].T, Loc);
  return true;
}

/// To gets the parts of From, of type T.
void Lowering::giveParts(ObjId To, const Operand &From, QualType T, bool Moves,
                         SourceSpan Loc) {
  // A promise goes over under whatever names it has.
  if (From.K == Operand::Kind::Place && B.holdsPromise(T)) {
    emit(ir::OpKind::Bind, Loc, To).Args = {From};
    return;
  }
  if (B.Unit.object(To).Kind == ir::ObjectKind::Temp)
    beginParts(To, Loc);
  for (const Part &P : partsOf(T)) {
    Operand In;
    if (From.K == Operand::Kind::Place) {
      if (From.Obj == To)
        return;
      In = Operand::place(partAt(From.Obj, P));
    }
    put(partAt(To, P), std::move(In), P.T, Moves, Loc);
    if (endsByUserCode(P.T->getAsCXXRecordDecl(), 0))
      emit(ir::OpKind::Escape, Loc, partAt(To, P));
  }
}

/// std::make_pair, std::tie and their like.
void Lowering::lowerGather(const CallSite &S, const models::CallRow &Row) {
  const CXXRecordDecl *R = S.E->getType()->getAsCXXRecordDecl();
  if (partsOf(R).empty())
    return lowerOpenCall(S);
  ObjId Whole = resultTemp(S.E, "new object");
  CallSite From = S;
  From.Args.erase(From.Args.begin(), From.Args.begin() + Row.Args.Index);
  From.Callee = nullptr;
  std::vector<Part> Parts = partsOf(R);
  SourceSpan Loc = B.span(S.E->getSourceRange());
  beginParts(Whole, Loc);
  for (size_t I = 0; I < Parts.size() && I < From.Args.size(); ++I)
    fillPart(Whole, Parts[I], From.Args[I], Loc, S);
  Results[S.E] = Operand::place(Whole);
}

/// std::get of a pair or tuple, which structured bindings call too.
bool Lowering::lowerPart(const CallSite &S) {
  if (S.Args.size() != 1 || !S.Callee)
    return false;
  std::vector<Part> Parts = partsOf(S.Args[0]->getType());
  std::vector<QualType> Types;
  for (const Part &P : Parts)
    Types.push_back(P.T);
  auto Which = whichIsNamed(S.Callee->getTemplateSpecializationArgs(), Types);
  ObjId Whole = Which ? place(S.Args[0]) : ObjId();
  if (!Whole)
    return false;
  access(ir::OpKind::Read, S.Args[0]);
  Results[S.E] = Operand::place(partAt(Whole, Parts[*Which]));
  return true;
}

/// `a = b` of pairs or tuples. What std::tie gathered gets its parts itself.
bool Lowering::assignParts(const CallSite &S) {
  QualType T = S.Args[0]->getType().getNonReferenceType();
  std::vector<Part> Parts = partsOf(S.This->getType()), Given = partsOf(T);
  if (Parts.empty())
    return false;
  SourceSpan Loc = B.span(S.E->getSourceRange());
  Operand From = Given.size() == Parts.size() ? operand(S.Args[0]) : Operand();
  const auto *Call = dyn_cast_or_null<CallExpr>(bare(S.This));
  CallSite Tie = Call ? CallSite::of(Call) : CallSite();
  const models::CallRow *Row = Call ? matchCall(Tie, B.M) : nullptr;
  bool IsTie = Row && Row->E == models::Effect::Gather &&
               Tie.Args.size() == Parts.size();
  for (size_t I = 0; I < Parts.size(); ++I) {
    ObjId To = IsTie ? place(Tie.Args[I]) : partAt(place(S.This), Parts[I]);
    if (!To)
      continue; // std::ignore
    if (IsTie) {
      access(ir::OpKind::Write, Tie.Args[I]);
      loseReplaced(Tie.Args[I], To, Loc);
    } else if (Parts[I].T->isReferenceType()) {
      emit(ir::OpKind::Escape, Loc, To);
    }
    Operand In = From.K == Operand::Kind::Place
                     ? Operand::place(partAt(From.Obj, Given[I]))
                     : Operand::none();
    put(To, std::move(In), Parts[I].T.getNonReferenceType(),
        S.Args[0]->isXValue(), Loc);
  }
  return true;
}

/// Whether code that is not seen can do something with what an object of type T
/// has in its parts.
bool Lowering::mattersAsPart(QualType T) const {
  return llvm::any_of(partsOf(T), [&](const Part &P) {
    TypeFacts Facts = B.facts(P.T);
    return mattersAsPart(P.T) ||
           (Facts.Class == ir::TypeClass::Other
                ? Facts.Record && B.isUserCode(Facts.Record)
                : Facts.Class != ir::TypeClass::Value);
  });
}

} // namespace heddle::extract
