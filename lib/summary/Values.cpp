//===- Values.cpp - What is known of a program's numbers ------------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "summary/Values.h"
#include <algorithm>

using namespace heddle;
using namespace heddle::summary;
using ir::Expr;
using ir::ExprKind;
using ir::ExprRef;

//===----------------------------------------------------------------------===//
// Expressions
//===----------------------------------------------------------------------===//

static bool hasUnknown(const ExprRef &E) {
  if (!E)
    return false;
  return E->Kind == ExprKind::Unknown || hasUnknown(E->Lhs) ||
         hasUnknown(E->Rhs);
}

static size_t mix(size_t H, size_t V) {
  return H ^ (V + 0x9e3779b97f4a7c15ull + (H << 6) + (H >> 2));
}

static size_t shapeHash(const ExprRef &E) {
  if (!E)
    return 0;
  size_t H = mix(size_t(E->Kind) + 1, size_t(E->Value));
  if (E->Kind == ExprKind::Var)
    H = mix(H, std::hash<ObjId>()(E->Obj));
  H = mix(H, shapeHash(E->Lhs));
  return mix(H, shapeHash(E->Rhs));
}

/// The same value, whatever it is.
static bool sameValue(const ExprRef &A, const ExprRef &B) {
  return sameShape(A, B) && !hasUnknown(A);
}

static bool isComparison(ExprKind K) {
  return K >= ExprKind::Eq && K <= ExprKind::Ge;
}

/// A comparison as `L == R` or `L < R`, perhaps negated.
namespace {
struct Normal {
  ExprKind Kind;
  ExprRef L, R;
  bool Negated;
};
} // namespace

static Normal normalise(ExprKind K, const ExprRef &L, const ExprRef &R) {
  switch (K) {
  case ExprKind::Ne:
    return {ExprKind::Eq, L, R, true};
  case ExprKind::Gt:
    return {ExprKind::Lt, R, L, false};
  case ExprKind::Le:
    return {ExprKind::Lt, R, L, true};
  case ExprKind::Ge:
    return {ExprKind::Lt, L, R, true};
  default:
    return {K, L, R, false};
  }
}

//===----------------------------------------------------------------------===//
// Places
//===----------------------------------------------------------------------===//

template <class Vec> static auto find(Vec &Known, ObjId O) {
  return std::lower_bound(
      Known.begin(), Known.end(), O,
      [](const auto &Entry, ObjId O) { return Entry.first < O; });
}

Interval Values::get(ObjId O) const {
  auto It = find(Known, O);
  return It != Known.end() && It->first == O ? It->second : Interval();
}

void Values::store(ObjId O, Interval V) {
  auto It = find(Known, O);
  bool IsThere = It != Known.end() && It->first == O;
  if (V.isUnknown()) {
    if (IsThere)
      Known.erase(It);
  } else if (IsThere) {
    It->second = V;
  } else {
    Known.insert(It, {O, V});
  }
}

void Values::restore(std::vector<std::pair<ObjId, Interval>> NewKnown) {
  std::sort(NewKnown.begin(), NewKnown.end());
  Known = std::move(NewKnown);
}

void Values::set(ObjId O, Interval V) {
  std::erase_if(Assumed, [O](const Assumption &A) {
    return mentions(A.Cond, [O](ObjId M) { return M == O; });
  });
  store(O, V);
}

void Values::setWidening(ObjId O, Interval V) {
  if (V.Lo > WidenAt)
    V.Lo = WidenAt + 1;
  else if (V.Lo < -WidenAt)
    V.Lo = Interval::Min;
  if (V.Hi < -WidenAt)
    V.Hi = -WidenAt - 1;
  else if (V.Hi > WidenAt)
    V.Hi = Interval::Max;
  set(O, V);
}

void Values::havoc(const ir::Unit &U, ObjId O) {
  havocIf([&](ObjId M) {
    while (M) {
      if (M == O)
        return true;
      M = U.object(M).Base;
    }
    return false;
  });
}

//===----------------------------------------------------------------------===//
// Conditions
//===----------------------------------------------------------------------===//

Interval Values::eval(const ExprRef &E) const {
  if (!E)
    return {};
  switch (E->Kind) {
  case ExprKind::Int:
    return Interval::exactly(E->Value);
  case ExprKind::Var:
    return get(E->Obj);
  case ExprKind::Unknown:
    return {};
  case ExprKind::Plus:
    return plus(eval(E->Lhs), eval(E->Rhs));
  case ExprKind::Minus:
    return sameValue(E->Lhs, E->Rhs) ? Interval::exactly(0)
                                     : minus(eval(E->Lhs), eval(E->Rhs));
  case ExprKind::Times:
    return times(eval(E->Lhs), eval(E->Rhs));
  case ExprKind::Rem:
    return rem(eval(E->Lhs), eval(E->Rhs));
  case ExprKind::Quot:
    return quotient(eval(E->Lhs), eval(E->Rhs));
  case ExprKind::BitAnd:
  case ExprKind::BitOr:
  case ExprKind::BitXor:
  case ExprKind::Shl:
  case ExprKind::Shr:
    return bitwise(E->Kind, eval(E->Lhs), eval(E->Rhs));
  case ExprKind::Min:
    return lower(eval(E->Lhs), eval(E->Rhs));
  case ExprKind::Max:
    return higher(eval(E->Lhs), eval(E->Rhs));
  default:
    if (auto T = truth(E))
      return Interval::exactly(*T);
    return {0, 1};
  }
}

std::optional<bool> Values::recall(const ExprRef &E) const {
  if (Assumed.empty())
    return std::nullopt;
  for (const Assumption &A : Assumed)
    if (sameShape(A.Cond, E))
      return A.Truth;
  return std::nullopt;
}

/// K is Eq or Lt.
std::optional<bool> Values::compare(ExprKind K, const ExprRef &L,
                                    const ExprRef &R) const {
  if (sameValue(L, R))
    return K == ExprKind::Eq;
  Interval A = eval(L), B = eval(R);
  // An endpoint that stands for "no bound" never decides.
  bool IsBelow = A.Hi != Interval::Max && B.Lo != Interval::Min && A.Hi < B.Lo;
  bool IsAbove = B.Hi != Interval::Max && A.Lo != Interval::Min && B.Hi < A.Lo;
  if (K == ExprKind::Eq) {
    if (IsBelow || IsAbove)
      return false;
    if (A.isExact() && A == B)
      return true;
  } else {
    if (IsBelow)
      return true;
    if (A.Lo != Interval::Min && B.Hi != Interval::Max && A.Lo >= B.Hi)
      return false;
  }
  for (const Assumption &Given : Assumed) {
    const Expr &C = *Given.Cond;
    if (!isComparison(C.Kind))
      continue;
    bool Straight = sameShape(C.Lhs, L) && sameShape(C.Rhs, R);
    bool Crossed = sameShape(C.Lhs, R) && sameShape(C.Rhs, L);
    if (!Straight && !Crossed)
      continue;
    if (C.Kind == K && (Straight || K == ExprKind::Eq))
      return Given.Truth;
    // a == b excludes a < b; a < b excludes a == b and b < a.
    if (Given.Truth)
      return false;
  }
  return std::nullopt;
}

std::optional<bool> Values::truth(const ExprRef &E) const {
  if (!E)
    return std::nullopt;
  switch (E->Kind) {
  case ExprKind::Not: {
    auto T = truth(E->Lhs);
    return T ? std::optional(!*T) : T;
  }
  case ExprKind::And:
  case ExprKind::Or: {
    bool Decisive = E->Kind == ExprKind::Or;
    auto L = truth(E->Lhs), R = truth(E->Rhs);
    if (L == Decisive || R == Decisive)
      return Decisive;
    if (L && R)
      return !Decisive;
    return recall(E);
  }
  default:
    if (isComparison(E->Kind)) {
      Normal N = normalise(E->Kind, E->Lhs, E->Rhs);
      auto T = compare(N.Kind, N.L, N.R);
      return T ? std::optional(*T != N.Negated) : T;
    }
    if (auto T = compare(ExprKind::Eq, E, Expr::integer(0)))
      return !*T;
    return std::nullopt;
  }
}

void Values::remember(const ExprRef &E, bool Truth) {
  if (hasUnknown(E) || recall(E))
    return;
  Assumption New{mix(shapeHash(E), Truth), E, Truth};
  auto It = std::upper_bound(
      Assumed.begin(), Assumed.end(), New,
      [](const auto &A, const auto &B) { return A.Hash < B.Hash; });
  Assumed.insert(It, std::move(New));
}

bool Values::narrow(ObjId O, Interval V) {
  V = meet(V, get(O));
  // Trim what is known not to be: x != 3 with x in [3, 9] is [4, 9].
  for (bool Changed = true; Changed && !V.isEmpty();) {
    Changed = false;
    for (const Assumption &A : Assumed) {
      const Expr &C = *A.Cond;
      if (A.Truth || C.Kind != ExprKind::Eq || C.Lhs->Kind != ExprKind::Var ||
          C.Lhs->Obj != O || C.Rhs->Kind != ExprKind::Int)
        continue;
      if (V.Lo == C.Rhs->Value && V.Lo != Interval::Min)
        ++V.Lo, Changed = true;
      else if (V.Hi == C.Rhs->Value && V.Hi != Interval::Max)
        --V.Hi, Changed = true;
    }
  }
  if (V.isEmpty())
    return false;
  store(O, V);
  return true;
}

bool Values::narrow(const ExprRef &E, Interval V) {
  switch (E->Kind) {
  case ExprKind::Var:
    return narrow(E->Obj, V);
  case ExprKind::Plus:
    return narrow(E->Lhs, minus(V, eval(E->Rhs))) &&
           narrow(E->Rhs, minus(V, eval(E->Lhs)));
  case ExprKind::Minus:
    return narrow(E->Lhs, plus(V, eval(E->Rhs))) &&
           narrow(E->Rhs, minus(eval(E->Lhs), V));
  default:
    return !meet(V, eval(E)).isEmpty();
  }
}

bool Values::assumeCompare(ExprKind K, const ExprRef &L, const ExprRef &R,
                           bool Truth) {
  if (auto T = compare(K, L, R))
    return *T == Truth;
  bool Fits = true;
  if (K == ExprKind::Eq && Truth) {
    Fits = narrow(L, eval(R)) && narrow(R, eval(L));
  } else if (K == ExprKind::Eq) {
    // Remembered first: narrow() trims by it.
    bool Swap = L->Kind == ExprKind::Int;
    remember(Expr::binary(K, Swap ? R : L, Swap ? L : R), false);
    return narrow(L, {}) && narrow(R, {});
  } else if (Truth) {
    Fits = narrow(L, below(eval(R))) && narrow(R, above(eval(L)));
  } else {
    Fits = narrow(L, {eval(R).Lo, Interval::Max}) &&
           narrow(R, {Interval::Min, eval(L).Hi});
  }
  if (Fits && !compare(K, L, R))
    remember(Expr::binary(K, L, R), Truth);
  return Fits;
}

bool Values::assume(const ExprRef &E, bool Truth) {
  if (!E)
    return true;
  if (auto T = truth(E))
    return *T == Truth;
  switch (E->Kind) {
  case ExprKind::Not:
    return assume(E->Lhs, !Truth);
  case ExprKind::And:
  case ExprKind::Or: {
    // An And that is true and an Or that is false say both operands.
    if (Truth == (E->Kind == ExprKind::And))
      return assume(E->Lhs, Truth) && assume(E->Rhs, Truth);
    // Otherwise one operand must be Truth: known when the other is not.
    if (truth(E->Lhs) == !Truth)
      return assume(E->Rhs, Truth);
    if (truth(E->Rhs) == !Truth)
      return assume(E->Lhs, Truth);
    remember(E, Truth);
    return true;
  }
  default:
    if (isComparison(E->Kind)) {
      Normal N = normalise(E->Kind, E->Lhs, E->Rhs);
      return assumeCompare(N.Kind, N.L, N.R, Truth != N.Negated);
    }
    return assumeCompare(ExprKind::Eq, E, Expr::integer(0), !Truth);
  }
}

//===----------------------------------------------------------------------===//
// Identity
//===----------------------------------------------------------------------===//

bool Values::operator==(const Values &O) const {
  return Known == O.Known &&
         std::ranges::equal(Assumed, O.Assumed,
                            [](const Assumption &A, const Assumption &B) {
                              return A.Hash == B.Hash && A.Truth == B.Truth &&
                                     sameShape(A.Cond, B.Cond);
                            });
}

size_t Values::hash() const {
  size_t H = Known.size();
  for (const auto &[O, V] : Known)
    H = mix(mix(mix(H, std::hash<ObjId>()(O)), size_t(V.Lo)), size_t(V.Hi));
  for (const Assumption &A : Assumed)
    H = mix(H, A.Hash);
  return H;
}
