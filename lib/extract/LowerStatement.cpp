//===- LowerStatement.cpp - One element of a CFG block --------------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "extract/Lowering.h"
#include "extract/Names.h"

using namespace clang;

namespace heddle::extract {

void Lowering::lowerStmt(const Stmt *S) {
  if (const auto *C = dyn_cast<CallExpr>(S)) {
    if (!HiddenCalls.count(C))
      lowerCall(CallSite::of(C));
  } else if (const auto *C = dyn_cast<CXXConstructExpr>(S)) {
    lowerConstruct(C);
  } else if (const auto *I = dyn_cast<CXXInheritedCtorInitExpr>(S)) {
    lowerInherited(I);
  } else if (const auto *Decls = dyn_cast<DeclStmt>(S)) {
    for (const Decl *X : Decls->decls())
      if (const auto *V = dyn_cast<VarDecl>(X)) {
        lowerVariable(V);
        enterScope(V);
      }
  } else if (const auto *O = dyn_cast<BinaryOperator>(S)) {
    if (O->isAssignmentOp())
      lowerAssign(O);
  } else if (const auto *U = dyn_cast<UnaryOperator>(S)) {
    if (U->isIncrementDecrementOp()) {
      access(ir::OpKind::Write, U->getSubExpr());
      ObjId O = place(U->getSubExpr());
      if (O && B.facts(U->getType()).IsValue)
        emit(ir::OpKind::Set, B.span(U->getSourceRange()), O).Args = {
            ir::Operand::value(ir::Expr::binary(
                U->isIncrementOp() ? ir::ExprKind::Plus : ir::ExprKind::Minus,
                ir::Expr::var(O), ir::Expr::integer(1)))};
    }
  } else if (const auto *A = dyn_cast<ArraySubscriptExpr>(S)) {
    if (ObjId C = isListedArray(A->getBase()) ? place(A->getBase()) : ObjId())
      Results[A] = elementAt(C, A->getType(), value(A->getIdx()),
                             B.span(A->getSourceRange()));
  } else if (const auto *C = dyn_cast<ImplicitCastExpr>(S)) {
    if (C->getCastKind() == CK_LValueToRValue)
      access(ir::OpKind::Read, C->getSubExpr());
  } else if (const auto *C = dyn_cast<CXXStaticCastExpr>(S)) {
    lowerCast(C);
  } else if (const auto *T = dyn_cast<CXXThrowExpr>(S)) {
    throwFrom(B.span(T->getSourceRange()), T,
              T->getSubExpr() ? T->getSubExpr()->getType() : QualType());
  } else if (const auto *R = dyn_cast<ReturnStmt>(S)) {
    Returning = R;
  } else if (const auto *L = dyn_cast<LambdaExpr>(S)) {
    lowerLambda(L);
  } else if (const auto *L = dyn_cast<InitListExpr>(S)) {
    // An object made on the spot; a variable's is made where it is declared.
    const RecordDecl *R = aggregateOf(L->getType());
    if (R && !Targets.count(L)) {
      ObjId New = resultTemp(L, "new object");
      if (B.isUserCode(R))
        emit(ir::OpKind::Make, B.span(L->getSourceRange()), New);
      lowerAggregate(New, L);
    }
  } else if (const auto *N = dyn_cast<CXXNewExpr>(S)) {
    ObjId T = resultTemp(N, "new object");
    B.Unit.Objects[T.index()].Type = B.facts(N->getAllocatedType()).Class;
    // A copy of another object is one of its own, of which nothing is known.
    const CXXConstructExpr *C = N->getConstructExpr();
    const bool Copies = C && C->getConstructor()->isCopyOrMoveConstructor();
    if (const Expr *Init = N->getInitializer(); Init && !Copies)
      if (ObjId Made = place(Init))
        Results[N] = ir::Operand::place(Made);
  } else if (const auto *X = dyn_cast<CXXDeleteExpr>(S)) {
    lowerDestructor(place(X->getArgument()), X->getDestroyedType(),
                    B.span(X->getSourceRange()));
  }
  if (auto It = ArmOf.find(S); It != ArmOf.end())
    chooseArm(It->second, cast<Expr>(S));
}

/// The lambda has an object of its own, a copy of the variable. A handle's copy
/// denotes what the original does, and stands for no object; nor does that of
/// an object that a reference names, whose handles matter and not the object.
bool Lowering::isCopied(const LambdaCapture &C) const {
  if (!C.capturesVariable() || C.getCaptureKind() != LCK_ByCopy)
    return false;
  QualType T = C.getCapturedVar()->getType();
  TypeFacts Facts = B.facts(T.getNonReferenceType());
  return !Facts.IsAlias && (Facts.IsValue || !T->isReferenceType());
}

/// A lambda's init-captures, and its copies of values, get theirs where the
/// lambda is made.
void Lowering::lowerLambda(const LambdaExpr *L) {
  FuncId Inner;
  if (const FunctionDecl *Body = userBody(L->getCallOperator()))
    Inner = B.function(Body);
  auto Init = L->capture_init_begin();
  for (const LambdaCapture &C : L->captures()) {
    const Expr *From = *Init++;
    if (!C.capturesVariable() || !Inner)
      continue;
    const auto *V = dyn_cast<VarDecl>(C.getCapturedVar());
    if (!V)
      continue;
    SourceSpan Loc = B.span(C.getLocation());
    std::vector<FuncId> Operators = closureTargets(L->getLambdaClass());
    for (FuncId Op : Operators) {
      if (L->isInitCapture(&C))
        lowerInit(B.capture(Op, V), V->getType(), V->getInit(), Loc);
      else if (isCopied(C))
        lowerInit(B.capture(Op, V), V->getType().getNonReferenceType(), From,
                  Loc);
      else
        continue;
      // See endCaptures: nor is it known here any more.
      QualType T = V->getType().getNonReferenceType();
      if (endsByUserCode(T->getAsCXXRecordDecl(), 0))
        emit(ir::OpKind::Escape, Loc, B.capture(Op, V));
    }
  }
}

/// Says where the object that Init makes will stand, so that its constructor
/// acts on the variable and not on a temporary.
void Lowering::aim(const Expr *Init, ObjId Target) {
  const Expr *E = bare(Init);
  if (!E || !Target)
    return;
  if (isa<CXXConstructExpr>(E)) {
    Targets[E] = Target;
  } else if (const auto *L = dyn_cast<InitListExpr>(E)) {
    if (const RecordDecl *R = aggregateOf(L->getType())) {
      Targets[L] = Target;
      if (fixedSize(L->getType()))
        return; // Its elements have no names of their own.
      unsigned I = basesOf(R);
      for (const FieldDecl *Member : R->fields()) {
        if (I >= L->getNumInits())
          break;
        aim(L->getInit(I++), B.field(Target, Member));
      }
    } else if (L->getNumInits() == 1) {
      aim(L->getInit(0), Target);
    }
  }
}

void Lowering::lowerVariable(const VarDecl *V) {
  SourceSpan Loc = B.span(V->getLocation());
  if (auto It = BeginOf.find(V); It != BeginOf.end())
    return beginRangeLoop(It->second, Loc);
  if (beginIteratorLoop(V))
    return;
  if (auto It = LoopVarOf.find(V); It != LoopVarOf.end()) {
    lowerLoopVariable(V, It->second);
    return;
  }
  if (HiddenVars.count(V) || !V->getInit() || V->isStaticLocal())
    return;
  if (V->getType()->isReferenceType()) {
    if (ObjId O = place(V->getInit())) {
      B.References[V->getCanonicalDecl()] = O;
      return;
    }
  }
  // Another element, whatever it was before. One by key has a name.
  ObjId Init = isIterator(V->getType()) ? place(V->getInit()) : ObjId();
  if (isIterator(V->getType()) &&
      !(Init && B.Unit.object(Init).Kind == ir::ObjectKind::Temp))
    emit(ir::OpKind::Havoc, Loc, B.variable(V));
  if (V->getType()->isConstantArrayType()) {
    DeclRefExpr Self(B.Ctx, const_cast<VarDecl *>(V), false, V->getType(),
                     VK_LValue, V->getLocation());
    if (isListedArray(&Self))
      return fillListedArray(B.variable(V), V);
  }
  lowerInit(B.variable(V), V->getType(), V->getInit(), Loc);
}

/// To, of type T, begins as Init says. Constructors did their part already.
void Lowering::lowerInit(ObjId To, QualType T, const Expr *Init,
                         SourceSpan Loc) {
  if (!To || !Init)
    return;
  const Expr *E = bare(Init);
  if (auto It = Targets.find(E);
      It != Targets.end() && It->second == To && !isa<InitListExpr>(E))
    return; // Made in place.
  if (const auto *L = dyn_cast_or_null<InitListExpr>(E);
      L && lowerAggregate(To, L))
    return;
  TypeFacts Facts = B.facts(T);
  if (Facts.Class == ir::TypeClass::Callable || Facts.IsAlias) {
    ir::Operand From = operand(Init);
    // Set through a pointer to it, it may denote something else at any time.
    if (Repointed.count(To))
      From = ir::Operand::place(B.temp(F, T, Loc, "unknown"));
    bool Useful = From.K == ir::Operand::Kind::Function ||
                  From.K == ir::Operand::Kind::Place;
    if (!Useful && Facts.IsAlias && Facts.IsValue && isNull(Init))
      return pointNowhere(To, Loc);
    // A handle that is given something unknown is not what it was.
    if (!Useful && Facts.Row && Facts.Row->IsHandle && !Facts.IsValue)
      From = ir::Operand::place(B.temp(F, T, Loc, "unknown"));
    if (Useful || From.K == ir::Operand::Kind::Place) {
      setElement(To, From, Loc);
      emit(ir::OpKind::Bind, Loc, To).Args = {From};
    }
    if (Facts.IsValue && !(Useful && !Facts.Row))
      emit(ir::OpKind::Set, Loc, To).Args = {ir::Operand::value(value(Init))};
    return;
  }
  if (Facts.IsValue) {
    emit(ir::OpKind::Set, Loc, To).Args = {ir::Operand::value(value(Init))};
    if (Facts.Row)
      copyContent(To, Init, Loc);
    return;
  }
  if (ObjId From = place(Init);
      From && From != To && !partsOf(T).empty() && !T->isReferenceType()) {
    beginParts(To, Loc);
    return giveParts(To, ir::Operand::place(From), T, false, Loc);
  }
  // A class made by a call: To is what the call returned.
  if (ObjId From = place(Init); From && From != To)
    emit(ir::OpKind::Bind, Loc, To).Args = {ir::Operand::place(From)};
}

/// To, of an aggregate class, gets its members from a list.
bool Lowering::lowerAggregate(ObjId To, const InitListExpr *L) {
  if (const InitListExpr *Semantic = L->getSemanticForm())
    L = Semantic;
  const auto *Class = L->getType()->getAsCXXRecordDecl();
  if (Class && fixedSize(L->getType())) {
    fillArray(To, Class, L);
    return true;
  }
  const RecordDecl *R = aggregateOf(L->getType());
  if (!R || R->isUnion() || !B.isUserCode(R))
    return false;
  unsigned I = basesOf(R);
  for (const FieldDecl *Member : R->fields()) {
    if (I >= L->getNumInits())
      break;
    const Expr *Init = L->getInit(I++);
    lowerInit(B.field(To, Member), Member->getType(), Init,
              B.span(Init->getSourceRange()));
  }
  return true;
}

/// `Left = …` where Left is another variable, by reference or through a
/// pointer to it: handles are what they refer to, so which variable is given
/// a new one is not known. Both are out of sight from then on.
void Lowering::loseReplaced(const Expr *Left, ObjId To, SourceSpan Loc) {
  TypeFacts Facts = B.facts(Left->getType().getNonReferenceType());
  if (!Facts.IsAlias && Facts.Class != ir::TypeClass::Callable)
    return;
  Left = Left->IgnoreParenImpCasts();
  const auto *Ref = dyn_cast<DeclRefExpr>(Left);
  const auto *Deref = dyn_cast<UnaryOperator>(Left);
  bool IsSmart = false;
  if (const auto *Call = dyn_cast<CXXOperatorCallExpr>(Left);
      Call && Call->getOperator() == OO_Star) {
    TypeFacts Pointer =
        B.facts(Call->getArg(0)->IgnoreParenImpCasts()->getType());
    IsSmart = Pointer.Row && Pointer.Row->IsHandle;
  }
  if ((Ref && Ref->getDecl()->getType()->isReferenceType()) ||
      (Deref && Deref->getOpcode() == UO_Deref) || IsSmart)
    emit(ir::OpKind::Escape, Loc, To);
}

void Lowering::lowerAssign(const BinaryOperator *O) {
  if (O->isCompoundAssignmentOp())
    access(ir::OpKind::Read, O->getLHS());
  access(ir::OpKind::Write, O->getLHS());
  ObjId To = place(O->getLHS());
  if (!To)
    return;
  SourceSpan Loc = B.span(O->getSourceRange());
  // One of two pointers is set, not known which.
  if (const auto *C = dyn_cast<ConditionalOperator>(bare(O->getLHS()));
      C && C->getType()->isPointerType()) {
    for (const Expr *Arm : {C->getTrueExpr(), C->getFalseExpr()})
      if (ObjId P = place(Arm))
        emit(ir::OpKind::Bind, Loc, P).Args = {
            ir::Operand::place(B.temp(F, C->getType(), Loc, "unknown"))};
    return;
  }
  if (O->getOpcode() == BO_Assign) {
    loseReplaced(O->getLHS(), To, Loc);
    return lowerInit(To, O->getLHS()->getType(), O->getRHS(), Loc);
  }
  if (!B.facts(O->getType()).IsValue)
    return;
  emit(ir::OpKind::Set, Loc, To).Args = {ir::Operand::value(binaryValue(O))};
}

/// E names a constant for its value, which no object is looked at for.
static bool isFolded(const Expr *E) {
  const auto *Ref = dyn_cast_or_null<DeclRefExpr>(E);
  return Ref && Ref->isNonOdrUse() == NOUR_Constant;
}

/// Records an access to memory that other tasks may reach. Locals of this
/// function and objects that synchronise themselves are left out.
void Lowering::access(ir::OpKind K, const Expr *E) {
  ObjId O = place(E);
  if (!O)
    return;
  const ir::Object &Root = B.Unit.object(B.Unit.root(O));
  if (B.isForeign(B.Unit.root(O)))
    return;
  switch (Root.Kind) {
  case ir::ObjectKind::Global:
  case ir::ObjectKind::Static:
  case ir::ObjectKind::This:
    break;
  case ir::ObjectKind::Capture: // A pointer that its lambda makes.
    if (!Root.IsAlias)
      return;
    break;
  case ir::ObjectKind::Param:
    if (Root.Owner == F && !Root.IsAlias)
      return;
    break;
  case ir::ObjectKind::Local:
    if (Root.Owner == F || isFolded(bare(E)))
      return;
    break;
  default:
    return;
  }
  const ir::Object &Obj = B.Unit.object(O);
  // What never changes can still be gone: a captured variable.
  bool IsConst = Obj.IsConst || Root.IsConst;
  if ((IsConst && Root.Kind != ir::ObjectKind::Local) || Root.IsThreadLocal)
    return;
  TypeFacts Facts = B.facts(E->getType());
  if (Obj.IsAtomic || (Facts.Row && (Facts.Row->IsAtomic || Facts.Row->IsSync)))
    K = ir::OpKind::Atomic;
  switch (Obj.Type) {
  case ir::TypeClass::Other:
  case ir::TypeClass::Value:
    break;
  default:
    return; // Operations on it are ops of their own.
  }
  // `p = q` and `*p = q` act on two different things, which share a place.
  bool OfPointer = Facts.IsAlias;
  if (OfPointer && !isa<DeclRefExpr, MemberExpr, ArraySubscriptExpr>(bare(E)))
    return; // A pointer to a pointer: which one that is has no name.
  if (OfPointer && !Obj.Base && isOwnCopy(O))
    return;
  if (OfPointer && Root.Kind != ir::ObjectKind::Global &&
      Root.Kind != ir::ObjectKind::Static &&
      Root.Kind != ir::ObjectKind::Local && !Obj.Base)
    return; // The function's own copy.
  emit(K, B.span(E->getSourceRange()), O).How =
      OfPointer ? ir::Mode::Pointer : ir::Mode::Plain;
}

/// The accesses that calling a function without a body makes: to the object
/// that it is called on, and to what it takes by reference.
void Lowering::accessCallOperands(const CallSite &S) {
  if (!S.Callee)
    return;
  if (S.This) {
    const auto *M = dyn_cast<CXXMethodDecl>(S.Callee);
    const Expr *Object = S.This;
    if (M && !M->isStatic() &&
        !B.facts(Object->getType().getNonReferenceType()).IsAlias)
      access(M->isConst() ? ir::OpKind::Read : ir::OpKind::Write, Object);
  }
  for (unsigned I = 0; I < S.Args.size(); ++I) {
    if (I >= S.Callee->getNumParams())
      break;
    QualType T = S.Callee->getParamDecl(I)->getType();
    if (T->isReferenceType() && !T->isFunctionReferenceType())
      access(T->isLValueReferenceType() &&
                     !T->getPointeeType().isConstQualified()
                 ? ir::OpKind::Write
                 : ir::OpKind::Read,
             S.Args[I]);
  }
}

} // namespace heddle::extract
