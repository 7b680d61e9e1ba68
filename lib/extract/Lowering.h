//===- Lowering.h - One function becomes blocks of operations -*- C++ -*-===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Role: walks the clang::CFG of one function, whose elements come in the order
// of evaluation, and emits the operation that each one is. What an expression
// gave is remembered in Results for the expression around it.
// The parts, one source file each:
//   LowerBlocks    CFG blocks, terminators, exceptions' start
//   LowerStatement one element: declarations, assignments, memory accesses
//   LowerCall      calls and constructors by body, or of code out of sight
//   LowerRow       calls that a model row describes
//   LowerContainer members of containers, and their copies
//   LowerValue     expressions as places, values, callables, operands
//   LowerScope     destructors, unwinding
//   LowerMove      copies and moves
//   LowerVariant   variants, and what an optional is given
//   LowerParts     pairs and tuples
//   LowerNumber    arithmetic that is kept
//   LowerIterator  loops that count by an iterator
//   LowerOptional  what optionals hold
//   LowerOwned     ends of what containers own
//   LowerRange     loops over ranges
//   LowerTest      comparisons by operators of libraries
// Invariants: after a terminator the rest of a CFG block is skipped.
// Broken or unknown code becomes "nothing known", never an error.
//
//===----------------------------------------------------------------------===//
#ifndef HEDDLE_EXTRACT_LOWERING_H
#define HEDDLE_EXTRACT_LOWERING_H

#include "extract/CallMatcher.h"
#include "extract/UnitBuilder.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Analysis/CFG.h"
#include "llvm/ADT/SmallPtrSet.h"
#include <map>
#include <optional>

namespace heddle::extract {

class Lowering {
public:
  Lowering(UnitBuilder &B, const clang::FunctionDecl *D, FuncId F)
      : B(B), D(D), F(F) {}

  /// Fills the function's Blocks. False when clang cannot build a CFG.
  bool run();

  static const clang::Expr *bare(const clang::Expr *E);

private:
  // LowerBlocks.
  BlockId newBlock();
  ir::Block &cur() { return Blocks[Cur.index()]; }
  void terminate(ir::Terminator T);
  /// What follows goes into Block.
  void enter(BlockId Block) {
    Cur = Block;
    IsTerminated = false;
  }
  void jump(BlockId To);
  BlockId startOf(const clang::CFGBlock *Block);
  BlockId successor(const clang::CFGBlock::AdjacentBlock &S);
  void lowerBlock(const clang::CFGBlock &Block);
  void lowerTerminator(const clang::CFGBlock &Block);
  const clang::Expr *conditionOf(const clang::CFGBlock &Block);
  void noteIteratorLoop(const clang::ForStmt *S);
  bool beginIteratorLoop(const clang::VarDecl *V);
  bool lowerIteratorUse(const CallSite &S);
  void indexStatements(const clang::Stmt *S);
  void indexShared(const clang::Stmt *S);
  void hideCalls(const clang::Stmt *S);
  void throwFrom(SourceSpan Loc, const clang::Stmt *Site,
                 clang::QualType Thrown);

  // LowerStatement.
  void lowerStmt(const clang::Stmt *S);
  void lowerVariable(const clang::VarDecl *V);
  bool lowerAggregate(ObjId To, const clang::InitListExpr *L);
  void loseReplaced(const clang::Expr *Left, ObjId To, SourceSpan Loc);
  void lowerInit(ObjId To, clang::QualType T, const clang::Expr *Init,
                 SourceSpan Loc);
  void lowerAssign(const clang::BinaryOperator *O);
  bool isCopied(const clang::LambdaCapture &C) const;
  void lowerLambda(const clang::LambdaExpr *L);
  void aimAll();
  void aim(const clang::Expr *Init, ObjId Target);
  void access(ir::OpKind K, const clang::Expr *E);
  void accessCallOperands(const CallSite &S);

  // LowerCall, LowerRow.
  void lowerCall(const CallSite &S);
  void lowerRow(const CallSite &S, const models::CallRow &Row, ObjId Result);
  void lockTogether(const CallSite &S, const models::CallRow &Row);
  void lowerOperation(const CallSite &S, const models::CallRow &Row,
                      ObjId Result);
  void assign(ObjId To, ir::Operand From, clang::QualType T, SourceSpan Loc);
  void copyContent(ObjId To, const clang::Expr *From, SourceSpan Loc);
  void beginCaptures();
  bool isOwnCopy(ObjId O);
  void endCaptures(SourceSpan Loc);
  bool endsByUserCode(const clang::CXXRecordDecl *R, unsigned Depth) const;
  void lowerSelect(const CallSite &S, const models::CallRow &Row);
  void lowerPoll(const CallSite &S, const models::CallRow &Row);
  void lowerContentOr(const CallSite &S, const models::CallRow &Row);
  void lowerConstruct(const clang::CXXConstructExpr *C);
  void lowerFactory(const CallSite &S, const models::CallRow &Row);
  ObjId elementByKey(ObjId C, const clang::CXXRecordDecl *R, ir::ExprRef Key,
                     ObjId New, SourceSpan Loc);
  ObjId elementByTurn(ObjId C, const clang::CXXRecordDecl *R, ir::ExprRef Turn,
                      SourceSpan Loc);
  static clang::QualType mappedType(const clang::CXXRecordDecl *R);
  ObjId mappedOf(ObjId One, const clang::CXXRecordDecl *R);
  bool hasKnownKeys(const clang::CXXRecordDecl *R) const;
  ir::ExprRef keyValue(const clang::Expr *E, const clang::CXXRecordDecl *R);
  void nameParts(ObjId O, clang::QualType T);
  ObjId newElement(ObjId C, const clang::CXXRecordDecl *R, const CallSite &S,
                   const ir::Operand *In = nullptr, bool Moves = false);
  void insertByKey(const CallSite &S, ObjId C, const clang::CXXRecordDecl *R,
                   ir::ExprRef Key, ObjId New, bool Replaces);
  bool lowerInsert(const CallSite &S, ObjId C, const clang::CXXRecordDecl *R,
                   llvm::StringRef Name);
  bool fillByKey(ObjId C, const clang::CXXRecordDecl *R,
                 const clang::InitListExpr *List, const CallSite &S);
  ir::ExprRef keyOf(ObjId Pair, const clang::CXXRecordDecl *R);
  bool lowerByKey(const CallSite &S, ObjId C, const clang::CXXRecordDecl *R);
  ObjId wholeElementOf(ObjId Container, const clang::CXXRecordDecl *R);
  void giveElements(ObjId To, ObjId From, const clang::CXXRecordDecl *R,
                    bool Moves, SourceSpan Loc);
  void swapElements(ObjId A, ObjId C, const clang::CXXRecordDecl *R,
                    SourceSpan Loc);
  static ir::ExprRef textValue(llvm::StringRef Text);
  ObjId listInBraces(const clang::Expr *E, SourceSpan Loc);
  bool isContainerClass(clang::QualType T) const;
  ir::Operand keptCopy(ir::Operand In, clang::QualType T, SourceSpan Loc);
  void emptyMoved(const clang::Expr *From, SourceSpan Loc);
  void empty(ObjId C, SourceSpan Loc);
  void takeByKey(ObjId C, ir::Operand Which, SourceSpan Loc);
  bool lowerNodeHandle(const CallSite &S);
  FuncId defaultConstructor(const clang::CXXRecordDecl *R);
  static bool isMadeByCall(const clang::Expr *Init);
  bool isPlainData(const clang::CXXRecordDecl *R, unsigned Depth) const;
  void lowerCalls(const clang::Expr *E);
  void beginMembers(ObjId Target, const clang::CXXRecordDecl *R,
                    const CallSite &S);
  static bool isInPlace(const clang::Expr *E);
  void constructContent(ObjId Target, const clang::CXXRecordDecl *R,
                        const CallSite &S, unsigned FirstArg);
  void constructImplicitly(ObjId Target, const clang::CXXRecordDecl *R,
                           const CallSite &S);
  static bool isNull(const clang::Expr *E);
  void pointNowhere(ObjId To, SourceSpan Loc);
  void repoint(ObjId To, clang::QualType T, const clang::Expr *From,
               SourceSpan Loc);
  void addOverriders(const clang::CXXMethodDecl *Method, ir::Callable &Fn);
  void lowerInherited(const clang::CXXInheritedCtorInitExpr *E);
  void constructIn(ObjId Target, const clang::CXXRecordDecl *R,
                   const CallSite &S, unsigned FirstArg);
  bool lowerAssignment(const CallSite &S);
  bool matters(const ir::Operand &A, const clang::Expr *E) const;
  void visitBy(const clang::Expr *A, SourceSpan Loc);
  void lowerUserCall(const CallSite &S);
  void lowerOpenCall(const CallSite &S);
  ir::Operand argument(const CallSite &S, unsigned I);
  void giveAway(const clang::FunctionDecl *Callee,
                const std::vector<ir::Operand> &Args);
  void addDefaults(const clang::FunctionDecl *Callee,
                   std::vector<ir::Operand> &Args);
  void emitCall(ir::Callable Fn, std::vector<ir::Operand> Args,
                const clang::Expr *E, bool Deferred = false);
  ObjId rolePlace(const models::Role &R, const CallSite &S, ObjId Result);
  std::vector<ir::Operand> roleOperands(const models::Role &R,
                                        const CallSite &S,
                                        bool IsForTask = false);
  void lowerAtomic(const CallSite &S, const models::CallRow &Row, ObjId Obj);
  ir::ExprRef roleValue(const models::Role &R, const CallSite &S);
  const clang::Expr *roleExpr(const models::Role &R, const CallSite &S);

  // LowerMove.
  void lowerCopy(const clang::CXXConstructExpr *C, ObjId Target);
  const clang::CXXConstructorDecl *copierOf(const clang::CXXRecordDecl *R,
                                            bool Moves) const;
  void copyTo(ObjId Target, const clang::Expr *From, clang::QualType T,
              SourceSpan Loc);
  bool lowerMove(const CallSite &S, const clang::Expr *From);
  void lowerCast(const clang::CXXStaticCastExpr *C);

  // LowerVariant.
  std::vector<clang::QualType>
  alternativesOf(const clang::CXXRecordDecl *R) const;
  bool isVariant(const clang::CXXRecordDecl *R) const;
  std::optional<unsigned>
  whichIs(clang::QualType T, const std::vector<clang::QualType> &All) const;
  std::optional<unsigned>
  whichIsNamed(const clang::TemplateArgumentList *Args,
               const std::vector<clang::QualType> &All) const;
  ObjId alternative(ObjId V, const clang::CXXRecordDecl *R, unsigned Which,
                    clang::QualType T);
  void fill(ObjId V, const clang::CXXRecordDecl *R, unsigned Which,
            const CallSite &S, unsigned FirstArg);
  void setVariant(ObjId V, const clang::CXXRecordDecl *R,
                  const clang::Expr *From, SourceSpan Loc);
  void makeVariant(ObjId Target, const clang::CXXRecordDecl *R,
                   const CallSite &S);
  bool lowerAlternative(const CallSite &S, const models::CallRow &Row);
  bool lowerVisit(const CallSite &S, const models::CallRow &Row);

  // LowerParts.
  struct Part {
    std::string Name;
    clang::QualType T;
  };
  std::vector<Part> partsOf(const clang::CXXRecordDecl *R) const;
  std::vector<Part> partsOf(clang::QualType T) const;
  ObjId partAt(ObjId Whole, const Part &P);
  void beginParts(ObjId O, SourceSpan Loc);
  void lose(ObjId To, clang::QualType T, SourceSpan Loc);
  void put(ObjId To, ir::Operand In, clang::QualType T, bool Moves,
           SourceSpan Loc);
  void fillPart(ObjId Whole, const Part &P, const clang::Expr *From,
                SourceSpan Loc, const CallSite &S);
  bool makeParts(ObjId Target, const clang::CXXRecordDecl *R,
                 const CallSite &S);
  void giveParts(ObjId To, const ir::Operand &From, clang::QualType T,
                 bool Moves, SourceSpan Loc);
  void lowerGather(const CallSite &S, const models::CallRow &Row);
  bool lowerPart(const CallSite &S);
  bool assignParts(const CallSite &S);
  bool mattersAsPart(clang::QualType T) const;

  // LowerOwned.
  bool endsMatter(clang::QualType T) const;
  void endElements(ObjId C, const clang::CXXRecordDecl *R, SourceSpan Loc);
  void beginSharing(ObjId To, const clang::Expr *From, SourceSpan Loc);
  void giveDeleter(const CallSite &S);
  bool handsOver(const clang::CXXConstructExpr *C, ObjId Target) const;
  void endsUnseen(ObjId O, const clang::CXXRecordDecl *R, SourceSpan Loc);
  void endContainer(ObjId C, const clang::CXXRecordDecl *R, SourceSpan Loc);
  void endElement(ObjId One, const clang::CXXRecordDecl *R, bool MayBeNone,
                  SourceSpan Loc);
  void leaveBehind(const clang::Expr *From, SourceSpan Loc);
  void setElement(ObjId One, ir::Operand In, SourceSpan Loc);
  void emptyElement(ObjId One, SourceSpan Loc);
  static clang::QualType elementType(const clang::CXXRecordDecl *R);

  // LowerNumber.
  void lowerNumber(const CallSite &S, const models::CallRow &Row);
  static bool isKept(const clang::BinaryOperator *O);
  bool isReceipt(const clang::Expr *E) const;
  ObjId found(const clang::MemberExpr *M);
  static bool isNeverNegative(clang::QualType T);
  ir::ExprRef binaryValue(const clang::BinaryOperator *O);

  // LowerAnnotated.
  bool lowerAnnotated(const CallSite &S);

  // LowerContainer.
  bool isContainer(const clang::Expr *E) const;
  bool lowerContainer(const CallSite &S);
  bool makeContainer(ObjId C, const clang::CXXRecordDecl *R, const CallSite &S);
  struct TurnLoop {
    BlockId Head, After;
  };
  TurnLoop beginTurns(ObjId Turn, int64_t From, const ir::ExprRef &Bound,
                      SourceSpan Loc);
  void endTurns(const TurnLoop &Loop);
  void fillContainer(ObjId C, const clang::CXXRecordDecl *R, ir::ExprRef Count,
                     const CallSite &S, SourceSpan Loc, unsigned FirstArg = 1,
                     int64_t From = 0);
  void fillArray(ObjId C, const clang::CXXRecordDecl *R,
                 const clang::InitListExpr *L);
  std::optional<int64_t> fixedSize(const clang::CXXRecordDecl *Class) const;
  std::optional<int64_t> fixedSize(clang::QualType T) const;
  void copyContainer(ObjId To, const clang::Expr *From, SourceSpan Loc);
  ObjId sizeOf(ObjId Container);
  void setSize(ObjId Container, ir::ExprRef Size, SourceSpan Loc);
  ObjId elementOf(ObjId Container, const clang::CXXRecordDecl *R);
  bool isListedArray(const clang::Expr *E) const;
  void fillListedArray(ObjId C, const clang::VarDecl *V);
  ir::Operand elementAt(ObjId Container, clang::QualType T, ir::ExprRef Index,
                        SourceSpan Loc);
  ir::Operand elementAt(ObjId Container, const clang::CXXRecordDecl *R,
                        ir::ExprRef Index, SourceSpan Loc);
  void putElement(ObjId Container, const clang::CXXRecordDecl *R,
                  ir::Operand In, ir::ExprRef Index, SourceSpan Loc);
  ir::Operand makeElement(const clang::CXXRecordDecl *R, const CallSite &S,
                          unsigned FirstArg);
  void forgetElements(ObjId Container, SourceSpan Loc,
                      llvm::ArrayRef<const clang::Expr *> From = {});

  // LowerValue.
  ObjId place(const clang::Expr *E);
  ObjId placeOf(const clang::ValueDecl *V);
  ObjId memberOf(const clang::Expr *Base, ObjId O,
                 const clang::ValueDecl *Member);
  ir::ExprRef value(const clang::Expr *E);
  ir::ExprRef truth(const clang::Expr *E);
  ir::Callable callable(const clang::Expr *E);
  std::vector<FuncId> closureTargets(const clang::CXXRecordDecl *R);
  bool isMadeAround(const std::vector<FuncId> &Targets) const;
  ir::Operand operand(const clang::Expr *E);
  void chooseArm(const clang::ConditionalOperator *C, const clang::Expr *Arm);
  ir::Operand passed(const clang::Expr *E);
  ObjId resultTemp(const clang::Expr *E, const char *Name);

  // LowerRange.
  const clang::CXXMemberCallExpr *
  delegated(const clang::CXXMemberCallExpr *Call) const;
  bool hasOwnIterators(const clang::CXXForRangeStmt *S) const;
  void noteRangeLoop(const clang::CXXForRangeStmt *S);
  void beginRangeLoop(const clang::CXXForRangeStmt *S, SourceSpan Loc);
  ir::ExprRef turnsOf(const clang::CXXForRangeStmt *S);
  void lowerRangeFor(const clang::CXXForRangeStmt *S,
                     const clang::CFGBlock &Block);
  void lowerLoopVariable(const clang::VarDecl *V,
                         const clang::CXXForRangeStmt *S);
  // LowerTest.
  static ir::ExprRef isThere(ObjId One);
  static ir::ExprRef isMissing(ObjId One);
  static bool isNothing(const clang::Expr *E);
  bool isText(const clang::Expr *E) const;
  bool isEndOfKeyed(const clang::Expr *E) const;
  ir::ExprRef equality(const clang::Expr *A, const clang::Expr *C);
  bool lowerEquality(const CallSite &S);
  // LowerScope.
  bool isTakenOver(ObjId O);
  bool isGivenAway(ObjId O);
  void lowerDestructor(ObjId O, clang::QualType T, SourceSpan Loc);
  void endTemporary(const clang::Expr *Made, SourceSpan Loc);
  void lowerEnd(const clang::VarDecl *V, SourceSpan Loc);
  bool isReturnedInPlace(const clang::VarDecl *V) const;
  SourceSpan endOf(const clang::Stmt *Scope) const;
  void findScopes();
  void enterScope(const clang::VarDecl *V);
  void leaveScope(const clang::VarDecl *V);
  BlockId unwindFrom(const clang::Stmt *Site, clang::QualType Thrown = {});
  BlockId unwindBlock(std::vector<const clang::VarDecl *> Live,
                      const clang::CXXTryStmt *Try, clang::QualType Thrown);
  BlockId dispatchBlock(const clang::CXXTryStmt *Try, clang::QualType Thrown);
  void indexTries(const clang::Stmt *S, const clang::CXXTryStmt *Try);

  ir::Op &emit(ir::OpKind K, SourceSpan Loc, ObjId Obj = {});
  const clang::FunctionDecl *userBody(const clang::FunctionDecl *Callee) const;
  FuncId linked(const clang::FunctionDecl *Callee);

  UnitBuilder &B;
  const clang::FunctionDecl *D;
  FuncId F;
  std::unique_ptr<clang::CFG> Cfg;

  std::vector<ir::Block> Blocks;
  BlockId Cur;
  bool IsTerminated = false;
  llvm::DenseMap<const clang::CFGBlock *, BlockId> Starts;
  /// The return statement of the CFG block at hand.
  const clang::ReturnStmt *Returning = nullptr;

  unsigned ValueDepth = 0;
  llvm::DenseMap<const clang::Expr *, ir::Operand> Results;
  /// The second and third operands of `? :`.
  llvm::DenseMap<const clang::Stmt *, const clang::ConditionalOperator *> ArmOf;
  /// Those that denote an object of which only the value is taken.
  llvm::SmallPtrSet<const clang::ConditionalOperator *, 4> OnlyRead;
  /// What stands for objects that no place is known of.
  llvm::DenseMap<const clang::Expr *, ObjId> Unnamed;
  /// Where a constructor expression makes its object.
  llvm::DenseMap<const clang::Expr *, ObjId> Targets;

  struct Case {
    ir::SelectCase::Kind Kind;
    ObjId Channel;
    ir::Operand Value;
    ir::Callable Handler;
    SourceSpan Loc;
  };
  llvm::DenseMap<const clang::Expr *, Case> Cases;

  struct RangeLoop {
    ObjId Turn; ///< from 0; over a channel the receive's result
    ObjId Range;
    clang::QualType Type; ///< of Range
    bool IsChannel = false;
  };
  llvm::DenseMap<const clang::CXXForRangeStmt *, RangeLoop> RangeLoops;
  /// A loop by an iterator; Range and Turn once it has begun.
  struct IteratorLoop {
    const clang::Expr *Container = nullptr;
    bool IsReversed = false;
    ObjId Range, Turn;
  };
  llvm::DenseMap<const clang::VarDecl *, IteratorLoop> IteratorLoops;
  llvm::DenseMap<const clang::VarDecl *, const clang::CXXForRangeStmt *>
      BeginOf, LoopVarOf;
  llvm::SmallPtrSet<const clang::Stmt *, 16> HiddenCalls;
  llvm::SmallPtrSet<const clang::VarDecl *, 8> HiddenVars;
  struct ElementName {
    ObjId Container;
    const clang::CXXRecordDecl *R;
    ir::ExprRef Index;
  };
  /// Owners that were moved into an argument: the callee's from then on.
  std::set<ObjId> GivenAway;
  /// Names of single elements of sequences, and where those are.
  std::map<ObjId, ElementName> ElementNames;
  /// What `this` is in the member initialisers at hand; none: the function's.
  ObjId Constructed;
  /// Pointers that the function takes the address of.
  std::set<ObjId> Repointed;

  /// Variables that a lambda captures by reference or whose address is taken:
  /// others may use them, so that the ends of their lives matter.
  llvm::SmallPtrSet<const clang::ValueDecl *, 8> Shared;
  /// Those whose destructor says that they end.
  llvm::SmallPtrSet<const clang::VarDecl *, 8> EndedByDestructor;

  /// Automatic objects whose destructor matters, in order of construction.
  std::vector<const clang::VarDecl *> Live;
  llvm::DenseMap<const clang::CFGBlock *, std::vector<const clang::VarDecl *>>
      LiveAtEntry;
  llvm::DenseMap<const clang::Stmt *, const clang::CXXTryStmt *> TryOf;
  llvm::DenseMap<const clang::CXXTryStmt *, std::vector<const clang::VarDecl *>>
      LiveAtTry;
  /// By what is alive, the try, and the type thrown (null: not known).
  std::map<std::tuple<std::vector<const clang::VarDecl *>,
                      const clang::CXXTryStmt *, const void *>,
           BlockId>
      UnwindBlocks;
  std::map<std::pair<const clang::CXXTryStmt *, const void *>, BlockId>
      DispatchBlocks;
};

} // namespace heddle::extract

#endif // HEDDLE_EXTRACT_LOWERING_H
