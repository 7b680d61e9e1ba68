//===- Verify.cpp - What every skeleton must satisfy ----------------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ir/Verify.h"
#include "ir/TextNames.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/ADT/Twine.h"
#include <set>
#include <tuple>

using namespace heddle;
using namespace heddle::ir;

namespace {

/// What an op cannot do without.
struct Needs {
  bool Obj = false, Other = false, Fn = false;
  unsigned Args = 0;
};

Needs needsOf(OpKind K) {
  switch (K) {
  case OpKind::Spawn:
  case OpKind::Call:
    return {.Fn = true};
  case OpKind::Sleep:
  case OpKind::Yield:
  case OpKind::Block:
    return {};
  case OpKind::Once:
    return {.Obj = true, .Fn = true};
  case OpKind::Add:
  case OpKind::Bind:
  case OpKind::Set:
  case OpKind::Next:
    return {.Obj = true, .Args = 1};
  case OpKind::GuardMove:
    return {.Obj = true, .Other = true};
  default:
    return {.Obj = true};
  }
}

class Verifier {
public:
  explicit Verifier(const Unit &U) : U(U) {}
  std::vector<Complaint> run();

private:
  void wrong(const llvm::Twine &What) {
    Where.What = What.str();
    Found.push_back(Where);
  }
  bool inRange(ObjId O) const { return !O || O.index() < U.Objects.size(); }
  bool inRange(FuncId F) const { return !F || F.index() < U.Functions.size(); }
  void object(ObjId O, llvm::StringRef What) {
    if (!inRange(O))
      wrong(What + " is out of range");
  }
  void target(BlockId B, llvm::StringRef What) {
    if (!B || B.index() >= Blocks)
      wrong(What + " is not a block of this function");
  }
  void span(const SourceSpan &S);
  void expr(const ExprRef &E);
  void callable(const Callable &C);
  void operand(const Operand &O);
  void objectRow(const Object &O);
  void interned();
  void header(const Function &F, FuncId Id);
  void op(const Op &O);
  void terminator(const Terminator &T);
  void selectCase(const SelectCase &C);

  const Unit &U;
  Complaint Where;
  size_t Blocks = 0; ///< of the function at hand
  llvm::StringSet<> Usrs;
  std::vector<Complaint> Found;
};

void Verifier::span(const SourceSpan &S) {
  if (S == SourceSpan())
    return;
  if (!S.File || S.File.index() >= U.Files.size())
    wrong("the span's file is out of range");
  else if (S.Line == 0)
    wrong("the span has a file but no line");
  else if ((S.EndLine == 0) != (S.EndColumn == 0))
    wrong("the span's end is half given");
}

void Verifier::expr(const ExprRef &E) {
  if (!E)
    return wrong("an expression lacks an operand");
  bool IsLeaf = E->Kind == ExprKind::Int || E->Kind == ExprKind::Var ||
                E->Kind == ExprKind::Unknown;
  if (E->Kind == ExprKind::Var && (!E->Obj || !inRange(E->Obj)))
    wrong("a variable of an expression is no object");
  if ((E->Kind != ExprKind::Var && E->Obj) ||
      (E->Kind != ExprKind::Int && E->Value != 0) || (IsLeaf && E->Lhs) ||
      ((IsLeaf || E->Kind == ExprKind::Not) && E->Rhs))
    wrong("an expression fills members that its kind does not have");
  if (IsLeaf)
    return;
  expr(E->Lhs);
  if (E->Kind != ExprKind::Not)
    expr(E->Rhs);
}

void Verifier::callable(const Callable &C) {
  for (FuncId F : C.Targets)
    if (!F || !inRange(F))
      wrong("a target of the callable is no function");
  if (!inRange(C.Virtual))
    wrong("the method that is called is out of range");
  object(C.Place, "the callable's place");
  object(C.This, "the callable's object");
  for (const Operand &O : C.Bound)
    operand(O);
}

void Verifier::operand(const Operand &O) {
  if (O.K == Operand::Kind::Place && (!O.Obj || !inRange(O.Obj)))
    wrong("an operand's place is no object");
  if (O.K == Operand::Kind::Value)
    expr(O.Value);
  if (O.K == Operand::Kind::Function) {
    if (O.Fn)
      callable(*O.Fn);
    else
      wrong("an operand's function is null");
  }
  if ((O.K != Operand::Kind::Place && O.Obj) ||
      (O.K != Operand::Kind::Value && O.Value) ||
      (O.K != Operand::Kind::Function && O.Fn))
    wrong("an operand fills members that its kind does not have");
}

void Verifier::objectRow(const Object &O) {
  bool IsPart = O.Kind == ObjectKind::Field || O.Kind == ObjectKind::Element;
  object(O.Base, "the base");
  if (IsPart != bool(O.Base))
    wrong(IsPart ? "a part has no base" : "only a field or element has a base");
  if (O.Kind == ObjectKind::Element && !O.Name.empty())
    wrong("an element has a name");
  if (!inRange(O.Owner))
    wrong("the owner is out of range");
  // A chain of bases longer than there are objects has a circle.
  size_t Steps = 0;
  for (ObjId B = O.Base; B && inRange(B); B = U.object(B).Base)
    if (++Steps > U.Objects.size())
      return wrong("the place is a part of itself");
  if (O.Kind != ObjectKind::Global &&
      (!O.Usr.empty() || O.IsDeclared || O.IsInline))
    wrong("only a global is known to other units");
  span(O.Loc);
}

void Verifier::interned() {
  std::set<std::tuple<ObjId, ObjectKind, llvm::StringRef>> Parts;
  for (uint32_t I = 0; I < U.Objects.size(); ++I) {
    const Object &O = U.Objects[I];
    if (O.Base && !Parts.insert({O.Base, O.Kind, O.Name}).second) {
      Where.Object = ObjId(I);
      wrong("the same part of the same base occurs twice");
    }
  }
}

void Verifier::header(const Function &F, FuncId Id) {
  if (F.Usr.empty())
    wrong("the USR is empty");
  else if (!Usrs.insert(F.Usr).second)
    wrong("another function has the USR '" + F.Usr + "'");
  for (ObjId P : F.Params) {
    if (!P || !inRange(P))
      wrong("a parameter is no object");
    else if (U.object(P).Kind != ObjectKind::Param || U.object(P).Owner != Id)
      wrong("'" + U.object(P).Name + "' is not a parameter that it owns");
  }
  object(F.This, "this");
  if (F.This && inRange(F.This) && U.object(F.This).Kind != ObjectKind::This &&
      U.object(F.This).Kind != ObjectKind::Capture)
    wrong("'this' is a place of another kind");
  if (!inRange(F.Parent) || F.Parent == Id)
    wrong("the parent is no other function");
  for (FuncId Overridden : F.Overrides)
    if (!Overridden || !inRange(Overridden) || Overridden == Id)
      wrong("what it overrides is no other function");
  span(F.Loc);
  span(F.End);
}

void Verifier::op(const Op &O) {
  Needs N = needsOf(O.Kind);
  if (N.Obj && !O.Obj)
    wrong("needs an object");
  if (N.Other && !O.Other)
    wrong("needs a second object ('with')");
  if (N.Fn && !O.Fn.isPresent())
    wrong("needs a callable");
  if (O.Args.size() < N.Args)
    wrong("needs an operand");
  object(O.Obj, "the object");
  object(O.Other, "the second object");
  object(O.Result, "the result");
  if (!O.Fn.isPresent() &&
      (O.Fn.This || O.Fn.Virtual || !O.Fn.Bound.empty() || !O.Fn.Name.empty()))
    wrong("the callable has parts but no target");
  callable(O.Fn);
  for (const Operand &A : O.Args)
    operand(A);
  if (O.Unwind)
    target(O.Unwind, "the unwind target");
  span(O.Loc);
}

void Verifier::selectCase(const SelectCase &C) {
  bool IsComm = C.K == SelectCase::Kind::Send || C.K == SelectCase::Kind::Recv;
  object(C.Channel, "a case's channel");
  object(C.Result, "a case's result");
  if (!IsComm && C.Channel)
    wrong("a case that does not communicate has a channel");
  if (C.K != SelectCase::Kind::Recv && C.Result)
    wrong("only a receiving case has a result");
  if (C.K != SelectCase::Kind::Send && C.Value.K != Operand::Kind::None)
    wrong("only a sending case has a value");
  operand(C.Value);
  target(C.Target, "a case's target");
  span(C.Loc);
}

void Verifier::terminator(const Terminator &T) {
  using Kind = Terminator::Kind;
  size_t Least = 0, Most = 0;
  switch (T.K) {
  case Kind::Jump:
    Least = Most = 1;
    break;
  case Kind::Branch:
    Least = Most = 2;
    break;
  case Kind::Switch:
    Least = Most = T.Values.size() + 1;
    break;
  case Kind::Choose:
    Least = 1;
    Most = SIZE_MAX;
    break;
  case Kind::Throw:
    Most = 1;
    break;
  default:
    break;
  }
  if (T.Succs.size() < Least || T.Succs.size() > Most)
    wrong("has the wrong number of successors (" + llvm::Twine(T.Succs.size()) +
          ")");
  for (BlockId B : T.Succs)
    target(B, "a successor");
  bool HasCond = T.K == Kind::Branch || T.K == Kind::Switch;
  if (HasCond != bool(T.Cond))
    wrong(HasCond ? "has no condition" : "has a condition");
  if (T.Cond)
    expr(T.Cond);
  if (T.K != Kind::Switch && !T.Values.empty())
    wrong("has values but is no switch");
  if (T.K != Kind::Select && !T.Cases.empty())
    wrong("has cases but is no select");
  for (const SelectCase &C : T.Cases)
    selectCase(C);
  if (T.K != Kind::Return && T.Value.K != Operand::Kind::None)
    wrong("has a value but is no return");
  operand(T.Value);
  span(T.Loc);
}

std::vector<Complaint> Verifier::run() {
  for (uint32_t I = 0; I < U.Objects.size(); ++I) {
    Where = {};
    Where.Object = ObjId(I);
    objectRow(U.Objects[I]);
  }
  interned();
  for (uint32_t I = 0; I < U.Functions.size(); ++I) {
    const Function &F = U.Functions[I];
    Where = {};
    Where.Function = FuncId(I);
    Blocks = F.Blocks.size();
    header(F, Where.Function);
    for (uint32_t B = 0; B < Blocks; ++B) {
      Where.Block = BlockId(B);
      for (Where.Op = 0; Where.Op < F.Blocks[B].Ops.size(); ++Where.Op)
        op(F.Blocks[B].Ops[Where.Op]);
      terminator(F.Blocks[B].Term);
    }
  }
  return std::move(Found);
}

} // namespace

std::vector<Complaint> ir::verify(const Unit &U) { return Verifier(U).run(); }

std::string Complaint::str(const Unit &U) const {
  std::string Text;
  if (Object)
    Text += "%" + U.object(Object).Name;
  if (Function)
    Text += "@" + U.function(Function).Name;
  if (Block) {
    const ir::Block &B = U.function(Function).Blocks[Block.index()];
    Text += ", block " + std::to_string(Block.index());
    if (Op < B.Ops.size())
      Text +=
          ", op " + std::to_string(Op) + " (" + mnemonic(B.Ops[Op].Kind) + ")";
    else
      Text += ", " + text::Terminators[size_t(B.Term.K)].str();
  }
  return Text + ": " + What;
}
