//===- Values.h - What is known of a program's numbers --------*- C++ -*-===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Role: the value part of a state: an interval for each place, and the
// conditions that were assumed on the way, so that two tests of one unchanged
// condition agree. Used along single paths, so there is no join, only
// equality; loops end because intervals widen.
//
// Invariants: no place has an empty interval, and none that is not known has
// an entry. Assumptions are kept in one normal form (`a == b` or `a < b`, the
// rest by negation), never mention an Unknown, and go as soon as a place that
// they mention is set. Values does not know aliases or summarised places: the
// caller havocs what a write may have changed.
// Typical size: under 10 places and 3 assumptions; everything is linear.
//
//===----------------------------------------------------------------------===//
#ifndef HEDDLE_SUMMARY_VALUES_H
#define HEDDLE_SUMMARY_VALUES_H

#include "ir/Skeleton.h"
#include "summary/Intervals.h"
#include <optional>
#include <vector>

namespace heddle::summary {

class Values {
public:
  Interval get(ObjId O) const;
  /// Forgets the assumptions that mention O.
  void set(ObjId O, Interval V);
  /// set(O, V) where V was computed in a loop: a bound beyond ±WidenAt is
  /// given up, so that loops end.
  void setWidening(ObjId O, Interval V);
  /// Forgets O, every part of it, and the assumptions that mention them.
  void havoc(const ir::Unit &U, ObjId O);
  /// Forgets the places that Which says and the assumptions that mention them.
  template <class Pred> void havocIf(Pred Which);

  /// Gives every place another name, none for those to be forgotten.
  template <class Fn> void rename(Fn NewName);

  Interval eval(const ir::ExprRef &E) const;
  /// The truth of E when it is certain: by value or by an assumption.
  std::optional<bool> truth(const ir::ExprRef &E) const;
  /// Assumes that E is Truth: narrows intervals, remembers the condition.
  /// Returns false when that cannot be; the values are then of no use.
  bool assume(const ir::ExprRef &E, bool Truth);

  bool operator==(const Values &O) const;
  size_t hash() const;

  static constexpr int64_t WidenAt = 20;

private:
  std::optional<bool> recall(const ir::ExprRef &E) const;
  std::optional<bool> compare(ir::ExprKind K, const ir::ExprRef &L,
                              const ir::ExprRef &R) const;
  bool assumeCompare(ir::ExprKind K, const ir::ExprRef &L, const ir::ExprRef &R,
                     bool Truth);
  void remember(const ir::ExprRef &E, bool Truth);
  bool narrow(const ir::ExprRef &E, Interval V);
  bool narrow(ObjId O, Interval V);
  void store(ObjId O, Interval V);
  void restore(std::vector<std::pair<ObjId, Interval>> NewKnown);

  struct Assumption {
    size_t Hash;
    ir::ExprRef Cond;
    bool Truth;
  };
  std::vector<std::pair<ObjId, Interval>> Known; // sorted by id
  std::vector<Assumption> Assumed;               // sorted by Hash
};

/// True when Which holds for a place that E mentions.
template <class Pred> bool mentions(const ir::ExprRef &E, Pred Which) {
  if (!E)
    return false;
  if (E->Kind == ir::ExprKind::Var)
    return Which(E->Obj);
  return mentions(E->Lhs, Which) || mentions(E->Rhs, Which);
}

template <class Pred> void Values::havocIf(Pred Which) {
  std::erase_if(Known, [&](const auto &K) { return Which(K.first); });
  std::erase_if(Assumed,
                [&](const Assumption &A) { return mentions(A.Cond, Which); });
}

/// E with every place renamed; null when one has no new name.
template <class Fn> ir::ExprRef renamed(const ir::ExprRef &E, Fn NewName) {
  if (E->Kind == ir::ExprKind::Var) {
    ObjId O = NewName(E->Obj);
    return !O ? nullptr : O == E->Obj ? E : ir::Expr::var(O);
  }
  if (!E->Lhs)
    return E;
  ir::ExprRef L = renamed(E->Lhs, NewName);
  ir::ExprRef R = E->Rhs ? renamed(E->Rhs, NewName) : nullptr;
  if (!L || (E->Rhs && !R))
    return nullptr;
  if (L == E->Lhs && R == E->Rhs)
    return E;
  return R ? ir::Expr::binary(E->Kind, L, R) : ir::Expr::unary(E->Kind, L);
}

template <class Fn> void Values::rename(Fn NewName) {
  std::vector<std::pair<ObjId, Interval>> NewKnown;
  for (const auto &[O, V] : Known)
    if (ObjId New = NewName(O))
      NewKnown.push_back({New, V});
  restore(std::move(NewKnown));
  std::vector<Assumption> Old = std::move(Assumed);
  Assumed.clear();
  for (Assumption &A : Old)
    if (ir::ExprRef New = renamed(A.Cond, NewName))
      remember(New, A.Truth);
}

} // namespace heddle::summary

#endif // HEDDLE_SUMMARY_VALUES_H
