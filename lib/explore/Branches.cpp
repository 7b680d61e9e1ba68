//===- Branches.cpp - Which way a branch goes -----------------------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What is known decides a branch, or it is taken both ways. Not every branch
// that nothing decides is a free choice: see Guesses.cpp, and what others may
// have done.
//
//===----------------------------------------------------------------------===//
#include "explore/Machine.h"

using namespace heddle;
using namespace heddle::explore;
using ir::Terminator;
using summary::Interval;

/// The branch at hand goes by what others can write, or by what could not be
/// followed: that is lost track of and not free, for it may hang together with
/// what others did.
bool Machine::dependsOnOthers(State &S, unsigned T) {
  const ir::ExprRef Cond =
      translate(S, S.Tasks[T].Stack.back().Env, terminator(S, T).Cond);
  return summary::mentions(Cond,
                           [&](ObjId O) {
                             return !S.Numbers.get(O).isExact() &&
                                    mayHangTogether(S, int(O.index()), T);
                           }) ||
         asksAtomic(S, T);
}

void Machine::branch(State S, unsigned T, States &Out) {
  const Terminator &Term = terminator(S, T);
  int Env = S.Tasks[T].Stack.back().Env;
  ir::ExprRef Cond = translate(S, Env, Term.Cond);
  const bool IsOpen = !S.Numbers.truth(Cond);
  if (IsOpen && !S.OrderLost && !aloneToKnow(S, T) && dependsOnOthers(S, T)) {
    // Who is seen to reach a cell may have been done with it for a while.
    State Now = S;
    dropDead(Now);
    const TaskMap Map = canonicalise(Now, false);
    if (dependsOnOthers(Now, Map[T]))
      loseOrder(S, T);
  }
  if (IsOpen && asksForgotten(S, Cond)) {
    S.cut(Bound::Order);
    Out.push_back(std::move(S));
    return;
  }
  if (IsOpen && isUncounted(S, Cond)) {
    const Frame &Top = S.Tasks[T].Stack.back();
    if (BlockId WayOut = Net.wayOutOfIdleLoop(Top.Function, Top.Block))
      leaveIdleLoop(S, T, WayOut);
    else
      S.cut(Bound::Counts);
    Out.push_back(std::move(S));
    return;
  }
  if (IsOpen && !guess(S, T, Cond)) {
    S.cut(Bound::Choices);
    Out.push_back(std::move(S));
    return;
  }
  if (S.IsGuess && (Term.K != Terminator::Kind::Branch ||
                    (IsOpen && !asksOfElements(S, T)))) {
    S.IsCut = true; // It may hang together with what was guessed.
    Out.push_back(std::move(S));
    return;
  }
  auto Go = [&](State Next, const ir::ExprRef &If, bool Truth, BlockId To,
                bool Fork) {
    if (!Next.Numbers.assume(If, Truth) ||
        (Fork && startsNobody(Next, T, If, To)))
      return;
    Next.IsUncertain |= Fork;
    Next.Tasks[T].IsInDoubt |= Fork;
    jump(Next, T, To);
    Out.push_back(std::move(Next));
  };
  if (Term.K == Terminator::Kind::Branch) {
    if (auto Truth = S.Numbers.truth(Cond)) {
      const BlockId To = Term.Succs[*Truth ? 0 : 1];
      if (startsNobody(S, T, Cond, To))
        return; // as a branch before this one had it
      jump(S, T, To);
      Out.push_back(std::move(S));
      return;
    }
    Go(S, Cond, true, Term.Succs[0], true);
    Go(std::move(S), Cond, false, Term.Succs[1], true);
    return;
  }
  for (size_t I = 0; I < Term.Values.size(); ++I) {
    auto Is = ir::Expr::binary(ir::ExprKind::Eq, Cond,
                               ir::Expr::integer(Term.Values[I]));
    auto Truth = S.Numbers.truth(Is);
    if (Truth == false)
      continue;
    if (Truth == true) {
      jump(S, T, Term.Succs[I]);
      Out.push_back(std::move(S));
      return;
    }
    Go(S, Is, true, Term.Succs[I], true);
    S.IsUncertain = S.Tasks[T].IsInDoubt = true;
    if (!S.Numbers.assume(Is, false))
      return;
  }
  jump(S, T, Term.Succs.back());
  Out.push_back(std::move(S));
}
