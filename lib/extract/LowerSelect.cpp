//===- LowerSelect.cpp - Calls whose result is one of several -------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A select goes on in the block of the case that it chose. So does a look at
// what could be received, and what gives an optional's content or else
// something other: blocks that no statement of the source is in.
//
//===----------------------------------------------------------------------===//
#include "extract/Lowering.h"

using namespace clang;

namespace heddle::extract {

/// Each case gets a block: its handler, then the index that select returns.
void Lowering::lowerSelect(const CallSite &S, const models::CallRow &Row) {
  SourceSpan Loc = B.span(S.E->getSourceRange());
  ObjId Chosen = B.temp(F, B.Ctx.IntTy, Loc, "chosen");
  Results[S.E] = ir::Operand::place(Chosen);
  ir::Terminator T;
  T.K = ir::Terminator::Kind::Select;
  T.Loc = Loc;
  BlockId From = Cur, After = newBlock();
  size_t First = Row.Args.K == models::Role::Kind::Rest ? Row.Args.Index : 0;
  for (size_t I = First; I < S.Args.size(); ++I) {
    ir::SelectCase C;
    C.Loc = B.span(S.Args[I]->getSourceRange());
    auto Known = Cases.find(bare(S.Args[I]));
    ir::Callable Handler;
    if (Known != Cases.end()) {
      C.K = Known->second.Kind;
      C.Channel = Known->second.Channel;
      if (C.K == ir::SelectCase::Kind::Send)
        C.Value = Known->second.Value;
      Handler = Known->second.Handler;
    } else {
      C.K = ir::SelectCase::Kind::Timeout; // Any case that may fire by itself.
    }
    if ((C.K == ir::SelectCase::Kind::Recv ||
         C.K == ir::SelectCase::Kind::Send) &&
        !C.Channel)
      C.Channel = B.temp(F, S.Args[I]->getType(), C.Loc, "unknown channel");
    if (C.K == ir::SelectCase::Kind::Recv)
      C.Result = B.temp(F, B.Ctx.BoolTy, C.Loc, "received");
    C.Target = newBlock();
    Cur = C.Target;
    if (Handler.isPresent()) {
      std::vector<ir::Operand> Args;
      if (C.Result)
        Args.push_back(ir::Operand::place(C.Result));
      emitCall(std::move(Handler), std::move(Args), nullptr);
      cur().Ops.back().Loc = C.Loc;
    }
    emit(ir::OpKind::Set, C.Loc, Chosen).Args = {
        ir::Operand::value(ir::Expr::integer(I - First))};
    IsTerminated = false;
    jump(After);
    T.Cases.push_back(std::move(C));
  }
  enter(From);
  terminate(std::move(T));
  enter(After);
}

/// A look at what may be received, as a select that need not wait.
void Lowering::lowerPoll(const CallSite &S, const models::CallRow &Row) {
  SourceSpan Loc = B.span(S.E->getSourceRange());
  ir::SelectCase Ready, Not;
  Ready.Channel = place(roleExpr(Row.Object, S));
  if (!Ready.Channel)
    return;
  ObjId Found = B.temp(F, B.Ctx.IntTy, Loc, "found");
  Results[S.E] = ir::Operand::value(ir::Expr::var(Found));
  Ready.Result = B.temp(F, B.Ctx.BoolTy, Loc, "received");
  Not.K = ir::SelectCase::Kind::Default;
  Ready.Loc = Not.Loc = Loc;
  Ready.Target = newBlock();
  Not.Target = newBlock();
  BlockId After = newBlock();
  ir::Terminator T;
  T.K = ir::Terminator::Kind::Select;
  T.Loc = Loc;
  T.Cases = {Ready, Not};
  terminate(std::move(T));
  auto Give = [&](BlockId In, ir::ExprRef Value) {
    enter(In);
    emit(ir::OpKind::Set, Loc, Found).Args = {
        ir::Operand::value(std::move(Value))};
    jump(After);
  };
  // Which number is not followed.
  Give(Ready.Target,
       ir::Expr::binary(ir::ExprKind::Plus, ir::Expr::integer(1),
                        ir::Expr::binary(ir::ExprKind::Gt, ir::Expr::unknown(),
                                         ir::Expr::integer(0))));
  Give(Not.Target, ir::Expr::integer(0));
  enter(After);
}

/// One of two, which the optional's own value decides.
void Lowering::lowerContentOr(const CallSite &S, const models::CallRow &Row) {
  SourceSpan Loc = B.span(S.E->getSourceRange());
  const Expr *Else = roleExpr(Row.Args, S);
  ObjId From = place(roleExpr(Row.Object, S));
  if (!From || !Else)
    return;
  QualType T = S.E->getType();
  ObjId Found = B.temp(F, T, Loc, "found");
  ir::Operand Other = operand(Else);
  if (B.facts(T).IsValue)
    Other = ir::Operand::value(value(Else));
  BlockId Has = newBlock(), HasNot = newBlock(), After = newBlock();
  ir::Terminator Br;
  Br.K = ir::Terminator::Kind::Branch;
  Br.Loc = Loc;
  Br.Cond = ir::Expr::binary(ir::ExprKind::Gt, ir::Expr::var(From),
                             ir::Expr::integer(0));
  Br.Succs = {Has, HasNot};
  terminate(std::move(Br));
  enter(Has);
  assign(Found, ir::Operand::place(B.partLike(From, "*", T)), T, Loc);
  jump(After);
  enter(HasNot);
  assign(Found, std::move(Other), T, Loc);
  jump(After);
  enter(After);
  Results[S.E] = ir::Operand::place(Found);
}

} // namespace heddle::extract
