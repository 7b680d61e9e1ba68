//===- LowerScope.cpp - Destructors and unwinding -------------------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// clang::CFG puts destructors on the ordinary ways out of a scope but not on
// exceptional ones. Those are made here: for every point that can throw, a
// chain of blocks that destroys what is alive there, innermost first, down to
// the try that surrounds the point, and then its handlers, or Resume.
//
//===----------------------------------------------------------------------===//

#include "extract/Lowering.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallPtrSet.h"
#include <deque>

using namespace clang;

namespace heddle::extract {

/// O is a temporary that another name has taken over in the same expression:
/// `thread_ = std::jthread(…)`.
bool Lowering::isTakenOver(ObjId O) {
  auto Takes = [&](const ir::Op &Op) {
    return Op.Kind == ir::OpKind::Bind && Op.Args[0].Obj == O;
  };
  return B.Unit.object(O).Kind == ir::ObjectKind::Temp &&
         llvm::any_of(Blocks, [&](const ir::Block &In) {
           return llvm::any_of(In.Ops, Takes);
         });
}

/// O is a temporary owner that a call got: who ends what it owns is not known.
bool Lowering::isGivenAway(ObjId O) {
  return B.Unit.object(O).Kind == ir::ObjectKind::Temp &&
         llvm::any_of(Blocks, [&](const ir::Block &In) {
           return llvm::any_of(In.Ops, [&](const ir::Op &Op) {
             return (Op.Kind == ir::OpKind::Call ||
                     Op.Kind == ir::OpKind::Spawn) &&
                    llvm::any_of(Op.Args, [&](const ir::Operand &A) {
                      return A.K == ir::Operand::Kind::Place && A.Obj == O;
                    });
           });
         });
}

void Lowering::lowerDestructor(ObjId O, QualType T, SourceSpan Loc) {
  if (!O)
    return;
  TypeFacts Facts = B.facts(T);
  if (std::vector<Part> Parts = partsOf(T); !Parts.empty()) {
    // A temporary one has gone over to whoever got it.
    if (!Facts.IsAlias && (B.Unit.object(O).Kind != ir::ObjectKind::Temp ||
                           ElementNames.count(O)))
      for (const Part &P : llvm::reverse(Parts))
        if (!endsByUserCode(P.T->getAsCXXRecordDecl(), 0)) // see fillPart
          lowerDestructor(partAt(O, P), P.T, Loc);
    return;
  }
  if (Facts.Row && Facts.Row->RunsAtEnd) {
    ir::Callable Fn;
    Fn.Place = O;
    Fn.Name = "deferred call";
    emitCall(std::move(Fn), {}, nullptr, /*Deferred=*/true);
    cur().Ops.back().Loc = Loc;
    return;
  }
  switch (Facts.Class) {
  case ir::TypeClass::Guard:
    emit(ir::OpKind::GuardEnd, Loc, O).Deferred = true;
    return;
  case ir::TypeClass::Task:
    if (Facts.Row && Facts.Row->JoinsAtEnd) {
      if (!isTakenOver(O))
        emit(ir::OpKind::Join, Loc, O).Deferred = true;
      return;
    }
    break;
  default:
    break;
  }
  if (Facts.IsAlias && !(Facts.Row && Facts.Row->OwnsReferent))
    return; // A handle's death ends nothing that we know.
  if (Facts.Row && Facts.Row->isContainer() && !Facts.IsAlias &&
      B.Unit.object(O).Kind != ir::ObjectKind::Temp)
    return endContainer(O, Facts.Record, Loc);
  if (Facts.Row && !Facts.Row->OwnsReferent) {
    if (Facts.Class != ir::TypeClass::Other &&
        Facts.Class != ir::TypeClass::Value)
      emit(ir::OpKind::End, Loc, O);
    return;
  }
  const CXXRecordDecl *R = Facts.Record;
  if (!R || !R->hasDefinition() || !B.isUserCode(R))
    return;
  const CXXDestructorDecl *Dtor = R->getDefinition()->getDestructor();
  if (!Dtor || Dtor->isTrivial())
    return;
  if (Facts.IsAlias && B.Unit.object(O).Kind == ir::ObjectKind::Temp &&
      !ElementNames.count(O)) {
    if (GivenAway.count(O) || isTakenOver(O))
      return;
    if (isGivenAway(O)) {
      emit(ir::OpKind::Escape, Loc, O);
      return;
    }
  }
  if (FuncId Target = linked(Dtor)) {
    ir::Callable Fn;
    Fn.Targets.push_back(Target);
    Fn.This = O;
    Fn.Name = B.Unit.function(Fn.Targets[0]).Name;
    // What an owner ends may be of a class that is derived from this one.
    if (Facts.IsAlias && Dtor->isVirtual())
      addOverriders(Dtor, Fn);
    emitCall(std::move(Fn), {}, nullptr, /*Deferred=*/true);
    cur().Ops.back().Loc = Loc;
    if (userBody(Dtor))
      return;
    cur().Ops.back().When = ir::Given::Seen;
    // One that nobody shows may wait for what the object has started.
    emit(ir::OpKind::Escape, Loc, O).When = ir::Given::Unseen;
  }
}

/// The temporary that Made made dies. What a library's functions return is no
/// object of ours.
void Lowering::endTemporary(const Expr *Made, SourceSpan Loc) {
  if (const auto *Call = dyn_cast_or_null<CallExpr>(Made);
      Call && !linked(Call->getDirectCallee()))
    return;
  auto It = Results.find(Made);
  if (It == Results.end() || It->second.K != ir::Operand::Kind::Place ||
      B.Unit.object(It->second.Obj).Kind != ir::ObjectKind::Temp)
    return;
  // Put into an optional, a container, it is that there that goes on.
  const ObjId One = It->second.Obj;
  const bool IsKept = llvm::any_of(cur().Ops, [&](const ir::Op &Op) {
    return Op.Kind == ir::OpKind::Bind && !Op.Args.empty() &&
           Op.Args[0].K == ir::Operand::Kind::Place && Op.Args[0].Obj == One;
  });
  if (!IsKept)
    lowerDestructor(One, Made->getType(), Loc);
}

/// The end of an R runs a destructor that the user wrote.
bool Lowering::endsByUserCode(const CXXRecordDecl *R, unsigned Depth) const {
  if (!R || !R->hasDefinition() || !B.isUserCode(R) || Depth > 4)
    return false;
  R = R->getDefinition();
  if (const CXXDestructorDecl *Dtor = R->getDestructor();
      Dtor && Dtor->isUserProvided())
    return true;
  auto Ends = [&](QualType T) {
    return endsByUserCode(T->getAsCXXRecordDecl(), Depth + 1);
  };
  return llvm::any_of(R->bases(), [&](auto &B) { return Ends(B.getType()); }) ||
         llvm::any_of(R->fields(), [&](auto *M) { return Ends(M->getType()); });
}

/// The return at hand gives V, which the caller's object is from its start.
bool Lowering::isReturnedInPlace(const VarDecl *V) const {
  const Expr *Given = Returning ? bare(Returning->getRetValue()) : nullptr;
  if (const auto *C = dyn_cast_or_null<CXXConstructExpr>(Given))
    if (C->getConstructor()->isCopyOrMoveConstructor() && C->getNumArgs() > 0)
      Given = bare(C->getArg(0));
  const auto *Ref = dyn_cast_or_null<DeclRefExpr>(Given);
  return Ref && Ref->getDecl() == V && V->isNRVOVariable();
}

/// Where the objects of Scope end: at its end, or where a return leaves it.
SourceSpan Lowering::endOf(const Stmt *Scope) const {
  return B.span(Returning ? Returning->getBeginLoc() : Scope->getEndLoc());
}

/// Storage that others may still use goes, whatever the destructor does.
void Lowering::lowerEnd(const VarDecl *V, SourceSpan Loc) {
  if (!Shared.contains(V->getCanonicalDecl()) || EndedByDestructor.contains(V))
    return;
  if (V->getType()->isReferenceType())
    return;
  if (ObjId O = placeOf(V)) {
    const bool IsPointer = B.Unit.object(O).IsAlias;
    emit(ir::OpKind::End, Loc, O).How =
        IsPointer ? ir::Mode::Pointer : ir::Mode::Plain;
  }
}

void Lowering::indexShared(const Stmt *S) {
  if (!S)
    return;
  if (const auto *L = dyn_cast<LambdaExpr>(S)) {
    for (const LambdaCapture &C : L->captures())
      if (C.capturesVariable() && C.getCaptureKind() == LCK_ByRef)
        Shared.insert(cast<ValueDecl>(C.getCapturedVar()->getCanonicalDecl()));
    for (const Expr *Init : L->capture_inits())
      indexShared(Init);
    return;
  }
  const Expr *Of = nullptr;
  if (const auto *Address = dyn_cast<UnaryOperator>(S);
      Address && Address->getOpcode() == UO_AddrOf)
    Of = Address->getSubExpr();
  else if (const auto *C = dyn_cast<CallExpr>(S))
    if (CallSite Site = CallSite::of(C); Site.Args.size() == 1)
      if (const models::CallRow *Row = matchCall(Site, B.M);
          Row && Row->E == models::Effect::Pass)
        Of = Site.Args[0];
  if (Of) {
    Of = bare(Of);
    while (const auto *M = dyn_cast_or_null<MemberExpr>(Of))
      Of = bare(M->getBase());
    if (const auto *Ref = dyn_cast_or_null<DeclRefExpr>(Of))
      Shared.insert(cast<ValueDecl>(Ref->getDecl()->getCanonicalDecl()));
  }
  for (const Stmt *Child : S->children())
    indexShared(Child);
}

void Lowering::indexTries(const Stmt *S, const CXXTryStmt *Try) {
  if (!S || isa<LambdaExpr>(S))
    return;
  if (Try)
    TryOf[S] = Try;
  if (const auto *T = dyn_cast<CXXTryStmt>(S)) {
    indexTries(T->getTryBlock(), T);
    for (unsigned I = 0; I < T->getNumHandlers(); ++I)
      indexTries(T->getHandler(I), Try);
    return;
  }
  for (const Stmt *Child : S->children())
    indexTries(Child, Try);
}

static bool hasDestructor(const VarDecl *V) {
  return V->hasLocalStorage() && !isa<ParmVarDecl>(V) &&
         V->needsDestruction(V->getASTContext()) != QualType::DK_none;
}

void Lowering::enterScope(const VarDecl *V) {
  if (hasDestructor(V))
    Live.push_back(V);
}

void Lowering::leaveScope(const VarDecl *V) {
  auto It = llvm::find(Live, V);
  if (It != Live.end())
    Live.erase(It);
}

/// Which automatic objects are alive where each block starts, and where each
/// try starts. The same on every way to a block, so the first one found says.
void Lowering::findScopes() {
  std::deque<const CFGBlock *> Todo{&Cfg->getEntry()};
  LiveAtEntry[&Cfg->getEntry()] = {};
  llvm::SmallPtrSet<const CFGBlock *, 16> Handlers;
  while (!Todo.empty()) {
    const CFGBlock *Block = Todo.front();
    Todo.pop_front();
    Live = LiveAtEntry[Block];
    for (const CFGElement &E : *Block) {
      if (auto Dtor = E.getAs<CFGAutomaticObjDtor>()) {
        leaveScope(Dtor->getVarDecl());
      } else if (auto S = E.getAs<CFGStmt>()) {
        if (auto It = TryOf.find(S->getStmt()); It != TryOf.end())
          LiveAtTry.try_emplace(It->second, Live);
        if (const auto *Decls = dyn_cast<DeclStmt>(S->getStmt()))
          for (const Decl *X : Decls->decls())
            if (const auto *V = dyn_cast<VarDecl>(X))
              enterScope(V);
      }
    }
    for (const CFGBlock::AdjacentBlock &S : Block->succs())
      if (const CFGBlock *To = S.getReachableBlock())
        if (LiveAtEntry.try_emplace(To, Live).second)
          Todo.push_back(To);
    if (!Todo.empty())
      continue;
    // Handlers are reached by exceptions alone: with what lived at their try.
    for (const CFGBlock *TryBlock : Cfg->try_blocks()) {
      const auto *T = cast<CXXTryStmt>(TryBlock->getTerminatorStmt());
      if (LiveAtTry.contains(T) && Handlers.insert(TryBlock).second)
        for (const CFGBlock::AdjacentBlock &S : TryBlock->succs())
          if (const CFGBlock *To = S.getReachableBlock())
            if (LiveAtEntry.try_emplace(To, LiveAtTry[T]).second)
              Todo.push_back(To);
    }
  }
  Live.clear();
}

/// None when nothing is to be done on the way out of the function.
BlockId Lowering::unwindFrom(const Stmt *Site, QualType Thrown) {
  auto It = Site ? TryOf.find(Site) : TryOf.end();
  const CXXTryStmt *Try = It == TryOf.end() ? nullptr : It->second;
  if (!Try && Live.empty())
    return {};
  return unwindBlock(Live, Try, Thrown);
}

BlockId Lowering::unwindBlock(std::vector<const VarDecl *> Alive,
                              const CXXTryStmt *Try, QualType Thrown) {
  size_t Keep = 0;
  if (Try)
    if (auto At = LiveAtTry.find(Try); At != LiveAtTry.end())
      Keep = At->second.size();
  if (Try && Alive.size() <= Keep)
    return dispatchBlock(Try, Thrown);
  const void *Type =
      Thrown.isNull() ? nullptr : Thrown.getCanonicalType().getAsOpaquePtr();
  auto Key = std::tuple(Alive, Try, Type);
  auto [It, New] = UnwindBlocks.try_emplace(Key);
  if (!New)
    return It->second;
  BlockId Block = newBlock();
  It->second = Block;

  BlockId OldCur = Cur;
  bool OldTerminated = IsTerminated;
  std::vector<const VarDecl *> OldLive = std::move(Live);
  Live.clear(); // An exception from a cleanup ends the program.
  Cur = Block;
  IsTerminated = false;
  if (Alive.empty()) {
    ir::Terminator T;
    T.K = ir::Terminator::Kind::Resume;
    T.Loc = B.Unit.function(F).End;
    terminate(std::move(T));
  } else {
    const VarDecl *V = Alive.back();
    Alive.pop_back();
    lowerDestructor(placeOf(V), V->getType(), B.span(V->getLocation()));
    jump(unwindBlock(std::move(Alive), Try, Thrown));
  }
  Cur = OldCur;
  IsTerminated = OldTerminated;
  Live = std::move(OldLive);
  return Block;
}

namespace {
enum class Match { No, Maybe, Yes };
}

/// Whether Handler takes an exception of type Thrown. A handler of
/// std::exception is meant for all exceptions and is taken at its word.
static Match takes(const CXXCatchStmt *Handler, QualType Thrown,
                   ASTContext &Ctx) {
  if (!Handler->getExceptionDecl())
    return Match::Yes;
  QualType Caught = Handler->getCaughtType().getNonReferenceType();
  const auto *CR = Caught->getAsCXXRecordDecl();
  if (Thrown.isNull())
    return CR && CR->isInStdNamespace() && CR->getName() == "exception"
               ? Match::Yes
               : Match::Maybe;
  if (Ctx.hasSameUnqualifiedType(Caught, Thrown))
    return Match::Yes;
  const auto *TR = Thrown->getAsCXXRecordDecl();
  if (CR && TR && TR->hasDefinition() && CR->hasDefinition())
    return TR->isDerivedFrom(CR) ? Match::Yes : Match::No;
  return Thrown->isPointerType() ? Match::Maybe : Match::No;
}

/// An exception inside Try goes to the handlers that can take it, in order up
/// to the first that surely does; when none surely does, also on outwards.
BlockId Lowering::dispatchBlock(const CXXTryStmt *Try, QualType Thrown) {
  const void *Type =
      Thrown.isNull() ? nullptr : Thrown.getCanonicalType().getAsOpaquePtr();
  auto [It, New] = DispatchBlocks.try_emplace({Try, Type});
  if (!New)
    return It->second;
  BlockId Block = newBlock();
  It->second = Block;
  llvm::DenseMap<const Stmt *, const CFGBlock *> HandlerBlocks;
  for (const CFGBlock *TryBlock : Cfg->try_blocks())
    for (const CFGBlock::AdjacentBlock &S : TryBlock->succs())
      if (const CFGBlock *To = S.getReachableBlock())
        if (To->getLabel())
          HandlerBlocks[To->getLabel()] = To;
  ir::Terminator T;
  T.K = ir::Terminator::Kind::Choose;
  T.Loc = B.span(Try->getBeginLoc());
  bool Taken = false;
  for (unsigned I = 0; I < Try->getNumHandlers() && !Taken; ++I) {
    const CXXCatchStmt *Handler = Try->getHandler(I);
    Match M = takes(Handler, Thrown, B.Ctx);
    if (const CFGBlock *To = HandlerBlocks.lookup(Handler);
        To && M != Match::No)
      T.Succs.push_back(startOf(To));
    Taken = M == Match::Yes;
  }
  if (!Taken) {
    auto Outer = TryOf.find(Try);
    T.Succs.push_back(
        unwindBlock(LiveAtTry[Try],
                    Outer == TryOf.end() ? nullptr : Outer->second, Thrown));
  }
  Blocks[Block.index()].Term = std::move(T);
  return Block;
}

} // namespace heddle::extract
