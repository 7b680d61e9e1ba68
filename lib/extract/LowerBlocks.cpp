//===- LowerBlocks.cpp - CFG blocks and terminators -----------------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "extract/Lowering.h"

using namespace clang;

namespace heddle::extract {

BlockId Lowering::newBlock() {
  Blocks.emplace_back();
  return BlockId(Blocks.size() - 1);
}

void Lowering::terminate(ir::Terminator T) {
  if (!IsTerminated)
    cur().Term = std::move(T);
  IsTerminated = true;
}

void Lowering::jump(BlockId To) {
  ir::Terminator T;
  T.K = ir::Terminator::Kind::Jump;
  T.Succs = {To};
  terminate(std::move(T));
}

ir::Op &Lowering::emit(ir::OpKind K, SourceSpan Loc, ObjId Obj) {
  ir::Op O{};
  O.Kind = K;
  O.Loc = Loc;
  O.Obj = Obj;
  cur().Ops.push_back(std::move(O));
  return cur().Ops.back();
}

BlockId Lowering::startOf(const CFGBlock *Block) {
  auto It = Starts.find(Block);
  if (It == Starts.end())
    It = Starts.try_emplace(Block, newBlock()).first;
  return It->second;
}

BlockId Lowering::successor(const CFGBlock::AdjacentBlock &S) {
  if (const CFGBlock *Reachable = S.getReachableBlock())
    return startOf(Reachable);
  return newBlock(); // Unreachable is what a new block ends with.
}

/// The edges that lead back to where a walk from the entry is already.
static llvm::DenseSet<std::pair<const CFGBlock *, const CFGBlock *>>
backEdges(const CFG &Cfg) {
  llvm::DenseSet<std::pair<const CFGBlock *, const CFGBlock *>> Out;
  llvm::DenseSet<const CFGBlock *> Seen, IsOpen;
  llvm::SmallVector<std::pair<const CFGBlock *, CFGBlock::const_succ_iterator>>
      Walk;
  auto Enter = [&](const CFGBlock *B) {
    Seen.insert(B);
    IsOpen.insert(B);
    Walk.push_back({B, B->succ_begin()});
  };
  Enter(&Cfg.getEntry());
  while (!Walk.empty()) {
    auto &[B, Next] = Walk.back();
    if (Next == B->succ_end()) {
      IsOpen.erase(B);
      Walk.pop_back();
      continue;
    }
    const CFGBlock *To = *Next++;
    if (To && IsOpen.count(To))
      Out.insert({B, To});
    else if (To && !Seen.count(To))
      Enter(To);
  }
  return Out;
}

/// All blocks, so that what one uses was lowered before it: in reverse order of
/// numbers, which is that of the source, but for those (the cases of a switch)
/// whose predecessors have lower numbers.
static std::vector<const CFGBlock *> inOrder(const CFG &Cfg) {
  const auto Back = backEdges(Cfg);
  std::vector<const CFGBlock *> Out;
  llvm::DenseSet<const CFGBlock *> Seen;
  llvm::SmallVector<std::pair<const CFGBlock *, CFGBlock::const_pred_iterator>>
      Walk;
  auto Enter = [&](const CFGBlock *B) {
    if (Seen.insert(B).second)
      Walk.push_back({B, B->pred_begin()});
  };
  for (auto It = Cfg.rbegin(); It != Cfg.rend(); ++It) {
    Enter(*It);
    while (!Walk.empty()) {
      auto &[B, Next] = Walk.back();
      if (Next == B->pred_end()) {
        Out.push_back(B);
        Walk.pop_back();
        continue;
      }
      const CFGBlock *From = *Next++;
      if (From && !Back.count({From, B}))
        Enter(From);
    }
  }
  return Out;
}

bool Lowering::run() {
  const Stmt *Body = D->getBody();
  CFG::BuildOptions Options;
  Options.AddImplicitDtors = true;
  Options.AddLifetime = true;
  Options.AddTemporaryDtors = true;
  Options.AddInitializers = true;
  Options.AddCXXDefaultInitExprInCtors = true;
  Options.AddCXXDefaultInitExprInAggregates = true;
  Options.setAllAlwaysAdd();
  Cfg = CFG::buildCFG(D, const_cast<Stmt *>(Body), &B.Ctx, Options);
  if (!Cfg)
    return false;
  indexTries(Body, nullptr);
  indexStatements(Body);
  indexShared(Body);
  findScopes();
  aimAll();

  newBlock();
  Cur = BlockId(0);
  beginCaptures();
  jump(startOf(&Cfg->getEntry()));
  for (const CFGBlock *Block : inOrder(*Cfg))
    lowerBlock(*Block);
  B.Unit.Functions[F.index()].Blocks = std::move(Blocks);
  return true;
}

void Lowering::lowerBlock(const CFGBlock &Block) {
  Cur = startOf(&Block);
  IsTerminated = false;
  Returning = nullptr;
  if (auto It = LiveAtEntry.find(&Block); It != LiveAtEntry.end())
    Live = It->second;
  else
    Live.clear();

  for (const CFGElement &E : Block) {
    if (IsTerminated)
      break;
    switch (E.getKind()) {
    case CFGElement::Statement:
    case CFGElement::Constructor:
    case CFGElement::CXXRecordTypedCall:
      lowerStmt(E.castAs<CFGStmt>().getStmt());
      break;
    case CFGElement::Initializer: {
      const CXXCtorInitializer *I = E.castAs<CFGInitializer>().getInitializer();
      if (I->isAnyMemberInitializer() && I->getInit())
        lowerInit(B.field(B.thisObject(F), I->getAnyMember()),
                  I->getAnyMember()->getType(), I->getInit(),
                  B.span(I->getSourceLocation()));
      break;
    }
    case CFGElement::AutomaticObjectDtor: {
      const VarDecl *V = E.castAs<CFGAutomaticObjDtor>().getVarDecl();
      leaveScope(V);
      if (isReturnedInPlace(V))
        break;
      size_t Before = cur().Ops.size();
      SourceSpan End = endOf(E.castAs<CFGAutomaticObjDtor>().getTriggerStmt());
      // A temporary lives as long as the reference that it was bound to.
      const Expr *Made =
          V->getType()->isReferenceType() ? bare(V->getInit()) : nullptr;
      if (!Made)
        lowerDestructor(placeOf(V), V->getType(), End);
      else if (Targets.count(Made)) // it was made under the reference's name
        lowerDestructor(placeOf(V), Made->getType(), End);
      else
        endTemporary(Made, End);
      if (cur().Ops.size() != Before)
        EndedByDestructor.insert(V);
      break;
    }
    case CFGElement::LifetimeEnds: {
      auto Ends = E.castAs<CFGLifetimeEnds>();
      lowerEnd(Ends.getVarDecl(), endOf(Ends.getTriggerStmt()));
      break;
    }
    case CFGElement::TemporaryDtor: {
      const CXXBindTemporaryExpr *T =
          E.castAs<CFGTemporaryDtor>().getBindTemporaryExpr();
      endTemporary(bare(T), B.span(T->getEndLoc()));
      break;
    }
    case CFGElement::MemberDtor: {
      const FieldDecl *Member = E.castAs<CFGMemberDtor>().getFieldDecl();
      lowerDestructor(B.field(B.thisObject(F), Member), Member->getType(),
                      B.Unit.function(F).End);
      break;
    }
    case CFGElement::BaseDtor:
      lowerDestructor(B.thisObject(F),
                      E.castAs<CFGBaseDtor>().getBaseSpecifier()->getType(),
                      B.Unit.function(F).End);
      break;
    default:
      break;
    }
  }
  if (!IsTerminated)
    lowerTerminator(Block);
}

/// Constructors come before the declaration or initialiser that they are for,
/// so where they build is settled before anything is lowered.
void Lowering::aimAll() {
  for (const CFGBlock *Block : *Cfg)
    for (const CFGElement &E : *Block) {
      if (auto S = E.getAs<CFGStmt>()) {
        if (const auto *Decls = dyn_cast<DeclStmt>(S->getStmt()))
          for (const Decl *X : Decls->decls())
            if (const auto *V = dyn_cast<VarDecl>(X); V && V->getInit())
              aim(V->getInit(), B.variable(V));
      } else if (auto I = E.getAs<CFGInitializer>()) {
        const CXXCtorInitializer *Init = I->getInitializer();
        if (Init->isAnyMemberInitializer() && Init->getInit())
          aim(Init->getInit(), B.field(B.thisObject(F), Init->getAnyMember()));
        else if (Init->isBaseInitializer() && Init->getInit())
          aim(Init->getInit(), B.thisObject(F));
      }
    }
}

/// What decides the branch at the end of Block. For `a && b` each operand has
/// a block of its own, so the last one decides alone.
const Expr *Lowering::conditionOf(const CFGBlock &Block) {
  const Stmt *Term = Block.getTerminatorStmt();
  const auto *Cond =
      dyn_cast_or_null<Expr>(Block.getTerminatorCondition(false));
  if (!Cond)
    return nullptr;
  if (const auto *O = dyn_cast<BinaryOperator>(Term); O && O->isLogicalOp())
    Cond = O->getLHS();
  for (;;) {
    Cond = Cond->IgnoreParens();
    const auto *O = dyn_cast<BinaryOperator>(Cond);
    if (!O || !O->isLogicalOp())
      return Cond;
    const Expr *Right = O->getRHS()->IgnoreParens();
    bool Here = false;
    for (const CFGElement &E : Block)
      if (auto S = E.getAs<CFGStmt>())
        Here |= S->getStmt() == Right ||
                S->getStmt() == Right->IgnoreParenImpCasts();
    const auto *Inner = dyn_cast<BinaryOperator>(Right);
    if (!Here && !(Inner && Inner->isLogicalOp()))
      return Cond;
    Cond = Right;
  }
}

void Lowering::lowerTerminator(const CFGBlock &Block) {
  ir::Terminator T;
  if (&Block == &Cfg->getExit()) {
    T.K = ir::Terminator::Kind::Return;
    T.Loc = B.Unit.function(F).End;
    endCaptures(T.Loc);
    return terminate(std::move(T));
  }
  if (Block.hasNoReturnElement())
    return terminate(std::move(T));
  const Stmt *Term = Block.getTerminatorStmt();
  if (Term)
    T.Loc = B.span(Term->getBeginLoc());
  if (isa_and_nonnull<CXXTryStmt>(Term))
    return terminate(std::move(T)); // dispatchBlock does its work.
  if (Block.succ_size() == 0)
    return terminate(std::move(T));
  if (Returning) {
    T.K = ir::Terminator::Kind::Return;
    T.Loc = B.span(Returning->getSourceRange());
    if (const Expr *V = Returning->getRetValue())
      T.Value = operand(V);
    endCaptures(T.Loc);
    return terminate(std::move(T));
  }
  if (Block.succ_size() == 1)
    return jump(successor(*Block.succ_begin()));

  if (const auto *Range = dyn_cast_or_null<CXXForRangeStmt>(Term);
      Range && RangeLoops.count(Range))
    return lowerRangeFor(Range, Block);
  if (const auto *S = dyn_cast_or_null<SwitchStmt>(Term)) {
    T.K = ir::Terminator::Kind::Switch;
    T.Cond = value(S->getCond());
    for (auto It = Block.succ_begin(), E = Block.succ_end(); It != E; ++It) {
      T.Succs.push_back(successor(*It));
      if (std::next(It) == E)
        break;
      const CFGBlock *To = It->getReachableBlock();
      if (!To)
        To = It->getPossiblyUnreachableBlock();
      const auto *Label =
          To ? dyn_cast_or_null<CaseStmt>(To->getLabel()) : nullptr;
      Expr::EvalResult V;
      if (Label && !Label->getRHS() &&
          Label->getLHS()->EvaluateAsInt(V, B.Ctx) &&
          V.Val.getInt().isRepresentableByInt64()) {
        T.Values.push_back(V.Val.getInt().getExtValue());
      } else {
        T.K = ir::Terminator::Kind::Choose;
        T.Values.push_back(0);
      }
    }
    if (T.K == ir::Terminator::Kind::Choose) {
      T.Values.clear();
      T.Cond = nullptr;
    }
    return terminate(std::move(T));
  }
  // for (;;) has no other way than round.
  if (isa_and_nonnull<ForStmt>(Term) && !cast<ForStmt>(Term)->getCond() &&
      Block.succ_size() == 2)
    return jump(successor(*Block.succ_begin()));
  const Expr *Cond =
      Block.getTerminator().isTemporaryDtorsBranch() || Block.succ_size() != 2
          ? nullptr
          : conditionOf(Block);
  for (const CFGBlock::AdjacentBlock &S : Block.succs())
    T.Succs.push_back(successor(S));
  T.K = Cond ? ir::Terminator::Kind::Branch : ir::Terminator::Kind::Choose;
  if (Cond)
    T.Cond = truth(Cond);
  terminate(std::move(T));
}

/// The calls of begin, end, != and ++ that a loop over a range makes are its
/// head's business.
void Lowering::hideCalls(const Stmt *S) {
  if (!S)
    return;
  if (isa<CallExpr>(S))
    HiddenCalls.insert(S);
  if (const auto *Decls = dyn_cast<DeclStmt>(S))
    for (const Decl *X : Decls->decls())
      if (const auto *V = dyn_cast<VarDecl>(X))
        hideCalls(V->getInit());
  for (const Stmt *Child : S->children())
    hideCalls(Child);
}

/// Finds the loops over ranges, to know their hidden variables again, the arms
/// of conditional expressions, and the pointers that change behind the back of
/// their names.
void Lowering::indexStatements(const Stmt *S) {
  if (!S || isa<LambdaExpr>(S))
    return;
  if (const auto *R = dyn_cast<CXXForRangeStmt>(S))
    noteRangeLoop(R);
  if (const auto *Loop = dyn_cast<ForStmt>(S))
    noteIteratorLoop(Loop);
  if (const auto *C = dyn_cast<ConditionalOperator>(S)) {
    ArmOf[C->getTrueExpr()->IgnoreParens()] = C;
    ArmOf[C->getFalseExpr()->IgnoreParens()] = C;
  }
  if (const auto *C = dyn_cast<ImplicitCastExpr>(S);
      C && C->getCastKind() == CK_LValueToRValue)
    if (const auto *Read =
            dyn_cast<ConditionalOperator>(C->getSubExpr()->IgnoreParens()))
      OnlyRead.insert(Read);
  if (const auto *A = dyn_cast<UnaryOperator>(S);
      A && A->getOpcode() == UO_AddrOf &&
      A->getSubExpr()->getType()->isPointerType())
    if (const auto *R = dyn_cast<DeclRefExpr>(bare(A->getSubExpr())))
      Repointed.insert(placeOf(R->getDecl()));
  for (const Stmt *Child : S->children())
    indexStatements(Child);
}

/// An exception starts at Site, in the block at hand.
void Lowering::throwFrom(SourceSpan Loc, const Stmt *Site, QualType Thrown) {
  ir::Terminator T;
  T.K = ir::Terminator::Kind::Throw;
  T.Loc = Loc;
  if (BlockId Unwind = unwindFrom(Site, Thrown))
    T.Succs = {Unwind};
  terminate(std::move(T));
}

} // namespace heddle::extract
