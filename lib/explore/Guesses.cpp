//===- Guesses.cpp - Free choices that may hang together ------------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A branch that what is known does not decide is taken both ways. What `n > 3`
// teaches of n is kept, and a second `n > 3` goes the same way. What `n / 7 >
// k` teaches of a k that was computed from n is not: a loop over k and another
// one over n / 7 may be taken to turn as often as they like. So a state knows
// which unknowns it has taken a branch by and where; another branch that goes
// by the same unknown in another way is not followed.
//
//===----------------------------------------------------------------------===//
#include "explore/Machine.h"
#include "llvm/ADT/STLExtras.h"

using namespace heddle;
using namespace heddle::explore;
using ir::ExprKind;
using ir::ExprRef;

static uint64_t mix(uint64_t Hash, uint64_t With) {
  Hash = (Hash ^ With) * 0x9e3779b97f4a7c15ull;
  return Hash ^ Hash >> 32;
}

static uint64_t bitOf(uint64_t Hash) {
  return uint64_t(1) << (mix(Hash, 0) & 63);
}

/// The bit of what O names: of elements, one for all of a container.
static uint64_t rootBit(const Network &Net, ObjId O) {
  const ir::Unit &U = Net.unit();
  uint64_t Part = 0;
  for (; U.object(O).Base; O = U.object(O).Base)
    if (U.object(O).Kind != ir::ObjectKind::Element && !Part)
      Part = 1 + Net.partKey(O);
  return bitOf(mix(O.index(), Part));
}

uint64_t Machine::rootsOf(const State &S, int At) const {
  const Cell &C = S.cell(At);
  if (!C.is(Cell::Summarised) && S.Numbers.get(ObjId(uint32_t(At))).isExact())
    return 0;
  // What an operation gave is another value each time.
  if (C.Roots || !C.Origin || U.object(C.Origin).Kind == ir::ObjectKind::Temp)
    return C.Roots;
  return rootBit(Net, C.Origin);
}

uint64_t Machine::rootsOf(State &S, int Env, const ExprRef &E) {
  uint64_t Roots = 0;
  summary::mentions(E, [&](ObjId O) {
    Roots |= rootsOf(S, resolve(S, Env, O));
    return false;
  });
  return Roots;
}

/// What a call of unseen code gives: the same when it is asked the same again,
/// perhaps.
uint64_t Machine::rootsOfAnswer(State &S, int Env, const ir::Op &Call) {
  if (Call.Fn.Targets.size() != 1)
    return 0;
  auto Name = [&](ObjId O) {
    const int At = O ? resolve(S, Env, O) : -1;
    return At < 0 || !S.cell(At).Origin ? 0 : S.cell(At).Origin.index() + 1;
  };
  uint64_t Hash = mix(Call.Fn.Targets[0].index(), Name(Call.Obj));
  for (const ir::Operand &A : Call.Args)
    Hash = mix(Hash, A.K == ir::Operand::Kind::Value
                         ? uint64_t(evaluate(S, Env, A.Value).Lo)
                         : Name(A.Obj));
  return bitOf(Hash);
}

/// E is a sum of at most one unknown and of numbers, so that what it is
/// compared with narrows the unknown. Unknowns counts those.
static bool isSum(const State &S, const ExprRef &E, unsigned &Unknowns) {
  switch (E->Kind) {
  case ExprKind::Int:
    return true;
  case ExprKind::Var:
    return S.Numbers.get(E->Obj).isExact() || ++Unknowns == 1;
  case ExprKind::Plus:
  case ExprKind::Minus:
    return isSum(S, E->Lhs, Unknowns) && isSum(S, E->Rhs, Unknowns);
  default:
    return S.Numbers.eval(E).isExact();
  }
}

/// All that E's truth teaches is kept in the value of the one unknown in it.
static bool isKept(const State &S, const ExprRef &E) {
  unsigned Unknowns = 0;
  switch (E->Kind) {
  case ExprKind::Not:
    return isKept(S, E->Lhs);
  case ExprKind::Eq:
  case ExprKind::Ne:
  case ExprKind::Lt:
  case ExprKind::Le:
  case ExprKind::Gt:
  case ExprKind::Ge:
    return isSum(S, E->Lhs, Unknowns) && isSum(S, E->Rhs, Unknowns);
  default:
    return isSum(S, E, Unknowns);
  }
}

/// Where T is, with the calls that led there.
static uint64_t siteOf(const Task &T) {
  uint64_t Site = T.Root.index();
  for (const Frame &F : T.Stack) {
    Site = mix(Site, F.Function.index());
    Site = mix(Site, uint64_t(F.Block) << 32 | F.Op);
  }
  return Site;
}

/// The branch at hand, by Cond (of cells), is taken both ways: false when that
/// may contradict what was taken before.
bool Machine::guess(State &S, unsigned T, const ExprRef &Cond) {
  // Which turn it is, of a loop that only computes, was not counted: whatever
  // the turns go by, there is a last one.
  if (summary::mentions(Cond, [&](ObjId O) {
        const ObjId Of = S.cell(int(O.index())).Origin;
        return Of && Net.isTurn(Of) && !S.Numbers.get(O).isExact();
      }))
    return true;
  Guess New;
  New.Roots = rootsOf(S, S.Tasks[T].Stack.back().Env, terminator(S, T).Cond);
  if (!New.Roots)
    return true;
  New.Site = siteOf(S.Tasks[T]);
  if (isKept(S, Cond))
    summary::mentions(Cond, [&](ObjId O) {
      if (!S.Numbers.get(O).isExact())
        New.Of = S.cell(int(O.index())).Origin;
      return false;
    });
  bool IsKnown = false;
  for (const Guess &G : S.Guesses) {
    if (G.Site == New.Site)
      IsKnown |= G == New;
    else if ((G.Roots & New.Roots) && (!New.Of || G.Of != New.Of))
      return false;
  }
  if (!IsKnown)
    S.Guesses.insert(llvm::upper_bound(S.Guesses, New), New);
  return true;
}
