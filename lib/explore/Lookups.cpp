//===- Lookups.cpp - An element by an index or key that is not known ------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Which element is asked for may be a free choice, as a branch on something
// unknown is: then there is a state for each element, and, of a map, one in
// which there is none. What was chosen is assumed from then on, so that the
// same index finds the same element again. Where the index hangs together with
// what cannot be followed, no choice is made; see Machine::someElement().
//
//===----------------------------------------------------------------------===//
#include "explore/Machine.h"
#include <algorithm>

using namespace heddle;
using namespace heddle::explore;
using ir::Expr;
using ir::ExprKind;
using summary::Interval;

/// With more elements no choice is made.
static constexpr size_t MostChoices = 6;

/// Part of what the entry was handed.
bool Machine::isGiven(const State &S, int At) const {
  while (S.cell(At).Base >= 0)
    At = S.cell(At).Base;
  const ObjId Whole = S.cell(At).Origin;
  return Whole && U.object(Whole).Kind == ir::ObjectKind::Param;
}

/// Nothing that is not followed decides which element is meant, and the next
/// look finds the same. Index is in the names of cells.
bool Machine::isFreeChoice(State &S, unsigned T, const ir::ExprRef &Index) {
  return !hasUnknown(Index) && !summary::mentions(Index, [&](ObjId O) {
    return !S.Numbers.get(O).isExact() && mayHangTogether(S, int(O.index()), T);
  });
}

/// Index was computed, or is part of what the program made: it may hang
/// together with another one.
bool Machine::isComputed(const State &S, const ir::ExprRef &Index) const {
  return summary::mentions(Index, [&](ObjId O) {
    const int At = int(O.index());
    const ObjId Origin = S.cell(At).Origin;
    return !S.Numbers.get(O).isExact() &&
           (!Origin || Net.timesSet(Origin) > 0 ||
            (S.cell(At).Base >= 0 && !isGiven(S, At)));
  });
}

/// The keys, or indexes, of all elements; none when not all are known.
std::vector<int64_t> Machine::choices(const State &S, int Container,
                                      bool ByKey) const {
  std::vector<int64_t> Out;
  for (int Slot : slotsByKey(S, Container))
    Out.push_back(S.cell(Slot).Count);
  if (ByKey != !Out.empty()) // The turn of a loop over a map.
    return {};
  if (!ByKey) {
    int Size = S.findPart(Container, Net.sizeKey());
    Interval Of =
        Size < 0 ? Interval() : S.Numbers.get(ObjId(uint32_t(follow(S, Size))));
    if (!Of.isExact() || Of.Lo > int64_t(MostChoices))
      return {};
    for (int64_t I = 0; I < Of.Lo; ++I)
      Out.push_back(I);
  }
  if (Out.size() > MostChoices)
    Out.clear();
  return Out;
}

void Machine::elementBind(State S, unsigned T, const ir::Op &Op, States &Out) {
  int Env = S.Tasks[T].Stack.back().Env;
  auto Go = [&](State Next, Interval Index, bool IsChosen) {
    Next.IsUncertain |= IsChosen;
    Next.Tasks[T].IsInDoubt |= IsChosen;
    bindElement(Next, Env, Op, Index);
    if (mustFind(Op) && isNone(Next, Env, Op)) {
      if (!Op.Unwind)
        return unwind(std::move(Next), T, Out);
      jump(Next, T, Op.Unwind);
    } else {
      advance(Next, T);
    }
    Out.push_back(std::move(Next));
  };
  Interval Index;
  if (Op.Args.size() > 1)
    Index = evaluate(S, Env, Op.Args[1].Value);
  bool Puts = U.object(Op.Obj).Kind == ir::ObjectKind::Element;
  if (Op.Args.size() < 2 || Index.isExact() || Puts)
    return Go(std::move(S), Index, false);

  int Container = resolve(S, Env, U.object(Op.Args[0].Obj).Base);
  ir::ExprRef Asked = translate(S, Env, Op.Args[1].Value);
  std::vector<int64_t> All;
  if (isFollowed(S, Container) && isFreeChoice(S, T, Asked))
    All = choices(S, Container, Op.How == ir::Mode::Key);
  auto Is = [&](int64_t I) {
    return Expr::binary(ExprKind::Eq, Asked, Expr::integer(I));
  };
  auto Known = std::find_if(All.begin(), All.end(), [&](int64_t I) {
    return S.Numbers.truth(Is(I)) == true;
  });
  if (Known != All.end())
    return Go(std::move(S), Interval::exactly(*Known), false);
  if (All.empty()) {
    Go(std::move(S), Index, false);
    // Who put it there knows which it is.
    State &Next = Out.back();
    int Found = resolve(Next, Env, Op.Obj);
    if (Found >= 0 && Next.cell(Container).is(Cell::Made))
      Next.cell(Found).put(Cell::Lost);
    return;
  }
  if (S.IsGuess) { // It may hang together with what was guessed.
    S.IsCut = true;
    Out.push_back(std::move(S));
    return;
  }
  S.IsGuess |= isComputed(S, Asked);
  State None = S;
  bool MayBeNone = Op.How == ir::Mode::Key;
  for (int64_t I : All) {
    State Next = S;
    if (Next.Numbers.assume(Is(I), true))
      Go(std::move(Next), Interval::exactly(I), true);
    MayBeNone = MayBeNone && None.Numbers.assume(Is(I), false);
  }
  // Who asks for what must be there knows that it is.
  if (!MayBeNone || mustFind(Op))
    return;
  if (putsNew(Op)) // A new one, at a key that is not known.
    return Go(std::move(None), Index, true);
  Arg Nothing;
  bind(None, Env, Op.Obj, Nothing);
  setNumber(None, resolve(None, Env, Op.Obj), Interval::exactly(0));
  None.IsUncertain = None.Tasks[T].IsInDoubt = true;
  advance(None, T);
  Out.push_back(std::move(None));
}
