//===- LowerOwned.cpp - What containers own ends with them ----------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Elements whose ends run code of the user's (a node's destructor closes its
// channel and waits for its task) end where they leave their container, or with
// it, where the container has owners of them. An owner that was moved out of a
// container leaves an empty one there. Elements that are objects of the user's
// classes go through copies and moves of their own: their ends are out of
// sight.
//
//===----------------------------------------------------------------------===//

#include "extract/Lowering.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace heddle::extract {

using ir::Operand;

/// An element of type T owns what runs code of the user's when it ends.
bool Lowering::endsMatter(QualType T) const {
  if (T.isNull() || T->isPointerType() || T->isReferenceType())
    return false;
  if (std::vector<Part> Parts = partsOf(T); !Parts.empty())
    return llvm::any_of(Parts, [&](const Part &P) {
      return B.facts(P.T).IsAlias && endsMatter(P.T);
    });
  TypeFacts Facts = B.facts(T);
  if (!Facts.Record || !Facts.Row || !Facts.Row->OwnsReferent)
    return false;
  return endsByUserCode(Facts.Record, 0);
}

/// The elements of C, a container of class R, end one after the other.
void Lowering::endElements(ObjId C, const CXXRecordDecl *R, SourceSpan Loc) {
  QualType T = elementType(R);
  if (!C || IsTerminated || !endsMatter(T))
    return;
  auto Fixed = fixedSize(R);
  ir::ExprRef Size =
      Fixed ? ir::Expr::integer(*Fixed) : ir::Expr::var(sizeOf(C));
  bool IsMap = !mappedType(R).isNull();
  ObjId Turn = B.temp(F, B.Ctx.IntTy, Loc, "turn");
  const TurnLoop Loop = beginTurns(Turn, 0, Size, Loc);
  ObjId One = IsMap ? mappedOf(elementByTurn(C, R, ir::Expr::var(Turn), Loc), R)
                    : elementAt(C, R, ir::Expr::var(Turn), Loc).Obj;
  emit(ir::OpKind::Next, Loc, Turn).Args = {Operand::value(std::move(Size))};
  lowerDestructor(One, T, Loc);
  endTurns(Loop);
}

/// Container C of class R ends, and with it what it has.
void Lowering::endContainer(ObjId C, const CXXRecordDecl *R, SourceSpan Loc) {
  endElements(C, R, Loc);
  QualType T = elementType(R);
  if (!T.isNull() && endsByUserCode(T->getAsCXXRecordDecl(), 0))
    emit(ir::OpKind::Escape, Loc, C);
}

/// The element One, which leaves a container of class R, ends. MayBeNone: there
/// may be none.
void Lowering::endElement(ObjId One, const CXXRecordDecl *R, bool MayBeNone,
                          SourceSpan Loc) {
  QualType T = elementType(R);
  if (!One || IsTerminated || !endsMatter(T))
    return;
  if (!MayBeNone)
    return lowerDestructor(mappedOf(One, R), T, Loc);
  BlockId Ends = newBlock(), After = newBlock();
  ir::Terminator Asks;
  Asks.K = ir::Terminator::Kind::Branch;
  Asks.Loc = Loc;
  Asks.Cond = ir::Expr::binary(ir::ExprKind::Gt, ir::Expr::var(One),
                               ir::Expr::integer(0));
  Asks.Succs = {Ends, After};
  terminate(std::move(Asks));
  enter(Ends);
  lowerDestructor(mappedOf(One, R), T, Loc);
  jump(After);
  enter(After);
}

/// From was put into a container: an owner that is moved from has nothing left.
void Lowering::leaveBehind(const Expr *From, SourceSpan Loc) {
  QualType T = From->getType().getNonReferenceType();
  ObjId O = From->isXValue() && B.facts(T).IsAlias ? place(From) : ObjId();
  if (O && endsMatter(T) &&
      (B.Unit.object(O).Kind != ir::ObjectKind::Temp || ElementNames.count(O)))
    pointNowhere(O, Loc);
}

/// One, a name of the element of a container at some index, a pointer or
/// handle, is given what In is: the container has that there now.
void Lowering::setElement(ObjId One, Operand In, SourceSpan Loc) {
  auto It = ElementNames.find(One);
  if (It == ElementNames.end())
    return;
  auto [C, R, Index] = It->second;
  emit(ir::OpKind::Bind, Loc, elementOf(C, R)).Args = {std::move(In),
                                                       Operand::value(Index)};
}

/// One, a name of an element, is moved from: an empty owner is left there.
void Lowering::emptyElement(ObjId One, SourceSpan Loc) {
  auto It = ElementNames.find(One);
  if (It == ElementNames.end())
    return;
  ObjId Nothing = B.temp(F, elementType(It->second.R), Loc, "nothing");
  emit(ir::OpKind::Bind, Loc, Nothing).Args = {Operand::none()};
  emit(ir::OpKind::Set, Loc, Nothing).Args = {
      Operand::value(ir::Expr::integer(0))};
  setElement(One, Operand::place(Nothing), Loc);
}

/// To, a smart pointer, was made from From: a plain pointer or an only owner
/// gives what it has to all who share it from then on.
void Lowering::beginSharing(ObjId To, const Expr *From, SourceSpan Loc) {
  QualType T = From->getType().getNonReferenceType();
  TypeFacts Was = B.facts(T);
  if (T->isPointerType() || (Was.Row && Was.Row->OwnsReferent))
    endsUnseen(To, Was.Record, Loc);
}

/// A smart pointer is made from S, perhaps with a function that is to end what
/// it has.
void Lowering::giveDeleter(const CallSite &S) {
  for (const Expr *Deleter : llvm::drop_begin(S.Args, !S.Args.empty())) {
    ir::Callable Unseen;
    Unseen.Open = true;
    Unseen.Name = "deleter";
    emitCall(std::move(Unseen), {operand(Deleter)}, nullptr);
    cur().Ops.back().Loc = B.span(S.E->getSourceRange());
  }
}

/// O, an R, ends when the last of those that share it lets go of it, or, in an
/// optional, where that is emptied. What its destructor does is done at some
/// time that is not followed.
void Lowering::endsUnseen(ObjId O, const CXXRecordDecl *R, SourceSpan Loc) {
  if (!O || !endsByUserCode(R, 0))
    return;
  ir::Callable Fn;
  const CXXDestructorDecl *Dtor = R->getDefinition()->getDestructor();
  if (FuncId Target = Dtor ? linked(Dtor) : FuncId()) {
    Fn.Targets.push_back(Target);
    Fn.Name = B.Unit.function(Target).Name;
    if (Dtor->isVirtual())
      addOverriders(Dtor, Fn);
  }
  emit(ir::OpKind::Escape, Loc, O).Fn = std::move(Fn);
}

/// std::make_unique<T>(args) and its like.
void Lowering::lowerFactory(const CallSite &S, const models::CallRow &Row) {
  const CXXRecordDecl *R = nullptr;
  QualType Made;
  if (const auto *Handle = dyn_cast_or_null<ClassTemplateSpecializationDecl>(
          S.E->getType()->getAsCXXRecordDecl()))
    if (Handle->getTemplateArgs().size() > 0 &&
        Handle->getTemplateArgs()[0].getKind() == TemplateArgument::Type) {
      Made = Handle->getTemplateArgs()[0].getAsType();
      R = Made->getAsCXXRecordDecl();
    }
  ObjId T = B.temp(F, Made.isNull() ? S.E->getType() : Made,
                   B.span(S.E->getSourceRange()), "new object");
  Results[S.E] = ir::Operand::place(T);
  CallSite Ctor = S;
  constructIn(T, R, Ctor,
              Row.Args.K == models::Role::Kind::Rest ? Row.Args.Index : 0);
  Results[S.E] = ir::Operand::place(T);
  const models::TypeRow *Handle = B.facts(S.E->getType()).Row;
  if (R && Handle && !Handle->OwnsReferent)
    endsUnseen(T, R, B.span(S.E->getSourceRange()));
}

} // namespace heddle::extract
