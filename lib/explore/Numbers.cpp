//===- Numbers.cpp - What is known of values ------------------------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A value is an interval, kept by cell. Three kinds of not knowing differ: what
// nobody in sight decides is a free choice; what is lost hangs together with
// what tasks did; what is uncounted was followed for as long as it pays.
//
//===----------------------------------------------------------------------===//
#include "explore/Machine.h"

using namespace heddle;
using namespace heddle::explore;
using ir::TypeClass;
using summary::Interval;

void Machine::setNumber(State &S, int Cell, Interval V, uint64_t Roots) {
  if (Cell < 0)
    return;
  S.cell(Cell).Roots = V.isExact() ? 0 : Roots;
  S.Numbers.set(ObjId{uint32_t(Cell)},
                S.cell(Cell).is(Cell::Summarised) ? Interval() : V);
}

static uint64_t distance(Interval A, Interval B) {
  return A.Lo > B.Lo ? uint64_t(A.Lo) - uint64_t(B.Lo)
                     : uint64_t(B.Lo) - uint64_t(A.Lo);
}

/// The counter O in cell C becomes V. Every step towards what it is compared
/// with is followed while few enough like it lead there, for how often a loop
/// turns is what its sends and spawns are counted by; beyond that it is as good
/// as any number there, so that loops end.
void Machine::count(State &S, int Env, ObjId O, int C, Interval V,
                    uint64_t Roots) {
  constexpr uint64_t MostSteps = 1024;
  if (C < 0)
    return;
  const Interval Old = S.Numbers.get(ObjId(uint32_t(C)));
  int64_t Above = summary::Values::WidenAt, Below = -Above;
  for (const ir::ExprRef &E : Net.comparedWith(O)) {
    const Interval End = evaluate(S, Env, E);
    if (!End.isExact())
      continue;
    if (Old.isExact() && V.isExact()) {
      const uint64_t Left = distance(V, End);
      if (Left < distance(Old, End) && Left / MostSteps <= distance(Old, V))
        return setNumber(S, C, V, Roots);
    }
    if (V.Lo > End.Lo)
      Above = std::max(Above, End.Lo);
    if (V.Hi < End.Lo)
      Below = std::min(Below, End.Lo);
  }
  Interval Wide = V;
  if (V.Lo > Above)
    Wide = {Above + 1, Interval::Max};
  else if (V.Hi < Below)
    Wide = {Interval::Min, Below - 1};
  else if (V.Hi > Above || V.Lo < Below)
    Wide = {V.Lo < Below ? Interval::Min : V.Lo,
            V.Hi > Above ? Interval::Max : V.Hi};
  setNumber(S, C, Wide, Roots);
  if (Wide != V || isUncounted(S, ir::Expr::var(ObjId(uint32_t(C)))))
    S.cell(C).put(Cell::Uncounted, !Wide.isExact());
}

/// One more turn of a loop over a container. How many elements one has of which
/// nothing is known, each turn taken says more of: a loop that does more than
/// to compute is followed for a few, each number of them for itself, so that a
/// second loop turns as often. Beyond that it is not known how it is counted.
void Machine::nextTurn(State &S, unsigned T, const ir::Op &Op) {
  constexpr int64_t MostGuessed = 4;
  const Frame &Top = S.Tasks[T].Stack.back();
  const int C = resolve(S, Top.Env, Op.Obj);
  const Interval Turn = S.Numbers.get(ObjId(uint32_t(C)));
  const ir::ExprRef Turns = translate(S, Top.Env, Op.Args[0].Value);
  const bool IsBusy = Net.isBusyTurn(Top.Function, Top.Block);
  if (Turn.isExact() &&
      (S.Numbers.eval(Turns).isExact() || (IsBusy && Turn.Lo < MostGuessed)))
    return setNumber(S, C, Interval::exactly(Turn.Lo + 1));
  setNumber(S, C, {1, Interval::Max});
  if (IsBusy)
    summary::mentions(Turns, [&](ObjId O) {
      S.cell(int(O.index())).put(Cell::Uncounted);
      return false;
    });
}

/// E, of cells, depends on a number that was not counted to its end.
bool Machine::isUncounted(const State &S, const ir::ExprRef &E) const {
  return summary::mentions(E, [&](ObjId O) {
    return S.cell(int(O.index())).is(Cell::Uncounted) &&
           !S.Numbers.get(O).isExact();
  });
}

/// How long T's loop computed is of no consequence, but for what it counted
/// where others can look.
void Machine::leaveIdleLoop(State &S, unsigned T, BlockId WayOut) {
  const Frame Top = S.Tasks[T].Stack.back();
  const auto &Blocks = U.function(Top.Function).Blocks;
  for (uint32_t B = 0; B < Blocks.size(); ++B)
    if (Net.areInOneLoop(Top.Function, Top.Block, B))
      for (const ir::Op &Op : Blocks[B].Ops)
        if (isCount(Op)) {
          int C = resolve(S, Top.Env, Op.Obj);
          setNumber(S, C, {});
          S.cell(C).put(Cell::Uncounted);
        }
  jump(S, T, WayOut);
}

void Machine::setResult(State &S, int Env, ObjId O, Interval V) {
  if (O)
    setNumber(S, resolve(S, Env, O), V);
}

ir::ExprRef Machine::translate(State &S, int Env, const ir::ExprRef &E) {
  if (!E)
    return ir::Expr::unknown();
  switch (E->Kind) {
  case ir::ExprKind::Int:
  case ir::ExprKind::Unknown:
    return E;
  case ir::ExprKind::Var: {
    int C = resolve(S, Env, E->Obj);
    const Cell &Of = S.cell(C);
    if (Of.is(Cell::Summarised))
      return ir::Expr::unknown();
    // A callable that holds something, a pointer to an object that was seen to
    // begin, a channel that is not nil, are true.
    if (Of.Fn >= 0 || (Of.Class && U.object(E->Obj).IsAlias))
      return ir::Expr::integer(1);
    if (Of.is(Cell::Made) && !Of.is(Cell::Open) &&
        U.object(Of.Origin).Type == TypeClass::Channel)
      return ir::Expr::integer(!Of.is(Cell::Nil));
    return ir::Expr::var(ObjId(uint32_t(C)));
  }
  case ir::ExprKind::Not:
    return ir::Expr::unary(E->Kind, translate(S, Env, E->Lhs));
  default: {
    ir::ExprRef L = translate(S, Env, E->Lhs);
    return ir::Expr::binary(E->Kind, L, translate(S, Env, E->Rhs));
  }
  }
}

Interval Machine::evaluate(State &S, int Env, const ir::ExprRef &E) {
  if (E && E->Kind == ir::ExprKind::Int)
    return Interval::exactly(E->Value);
  return S.Numbers.eval(translate(S, Env, E));
}

/// What it is may hang together with what other tasks did. What an atomic gives
/// is asksAtomic()'s matter.
bool Machine::isLost(const State &S, int C) const {
  if (S.Numbers.get(ObjId(uint32_t(C))).isExact() || !S.cell(C).is(Cell::Lost))
    return false;
  for (ObjId O = S.cell(C).Origin; O; O = U.object(O).Base)
    if (U.object(O).IsAtomic)
      return false;
  return true;
}

/// One indivisible change of a number. What comes of one that is not known is
/// lost track of and not free: others know it.
void Machine::atomic(State &S, int Env, const ir::Op &Op) {
  int C = Op.Obj ? resolve(S, Env, Op.Obj) : -1;
  Interval Was = C < 0 ? Interval() : S.Numbers.get(ObjId(uint32_t(C)));
  Interval Gives = Was;
  if (C >= 0 && Op.Args.empty()) {
    havoc(S, C);
  } else if (C >= 0) {
    const ir::ExprRef &To = Op.Args[0].Value;
    Interval Becomes = evaluate(S, Env, To);
    bool Counts = To && (To->Kind == ir::ExprKind::Plus ||
                         To->Kind == ir::ExprKind::Minus);
    std::optional<bool> Fits = true;
    if (Op.Args.size() > 1) {
      Fits = S.Numbers.truth(
          ir::Expr::binary(ir::ExprKind::Eq, ir::Expr::var(ObjId(uint32_t(C))),
                           translate(S, Env, Op.Args[1].Value)));
      Gives = Fits ? Interval::exactly(*Fits) : Interval{0, 1};
    }
    if (!Fits)
      Becomes = {};
    if (Fits != false && !isLoad(Op))
      Counts ? count(S, Env, Op.Obj, C, Becomes) : setNumber(S, C, Becomes);
  }
  if (!Op.Result)
    return;
  int R = resolve(S, Env, Op.Result);
  setNumber(S, R, Gives);
  S.cell(R).put(Cell::Lost, !Gives.isExact());
}

/// O gets the value of an unknown, and neither changes again: it is one more
/// name of it, so that what a branch teaches of one holds for the other.
bool Machine::isNameOfUnknown(const State &S, ObjId O, const Arg &Given) const {
  const ir::Object &Ob = U.object(O);
  if (Given.K != Arg::Kind::Cell || Ob.Base || !Ob.Owner || Ob.IsAlias ||
      Ob.Type != ir::TypeClass::Value || Net.timesSet(O) != 1 ||
      Net.isHanded(O))
    return false;
  const Cell &C = S.cell(Given.Index);
  return C.Origin && C.Base < 0 && !U.object(C.Origin).IsAlias &&
         U.object(C.Origin).Type == ir::TypeClass::Value &&
         !Net.isHanded(C.Origin) &&
         !(C.Flags & (Cell::Open | Cell::Lost | Cell::Changed)) &&
         !S.Numbers.get(ObjId(uint32_t(Given.Index))).isExact();
}

/// To leave a loop that starts tasks at once, because a number of which nothing
/// is known is zero or less: that a caller wants no workers is not to be
/// expected.
bool Machine::startsNobody(const State &S, unsigned T, const ir::ExprRef &If,
                           BlockId To) const {
  const Frame &Top = S.Tasks[T].Stack.back();
  return summary::mentions(If,
                           [&](ObjId O) {
                             const Interval N = S.Numbers.get(O);
                             return !N.isExact() && N.Hi <= 0;
                           }) &&
         Net.leavesSpawnLoop(Top.Function, Top.Block, To);
}
