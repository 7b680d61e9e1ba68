//===- Intervals.h - Ranges of numbers -------------------------*- C++ -*-===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Role: what is known of one number, and what an operation of two such gives:
// always a range that holds the result, as narrow as is simple. Nothing wraps:
// what overflows has no bound on that side.
//
//===----------------------------------------------------------------------===//
#ifndef HEDDLE_SUMMARY_INTERVALS_H
#define HEDDLE_SUMMARY_INTERVALS_H

#include "ir/Expr.h"
#include <compare>
#include <limits>

namespace heddle::summary {

/// A closed interval; the whole range means "unknown". Min and Max stand for
/// "no bound" on their side.
struct Interval {
  static constexpr int64_t Min = std::numeric_limits<int64_t>::min();
  static constexpr int64_t Max = std::numeric_limits<int64_t>::max();
  int64_t Lo = Min, Hi = Max;

  static Interval exactly(int64_t V) { return {V, V}; }
  bool isExact() const { return Lo == Hi; }
  bool isUnknown() const { return Lo == Min && Hi == Max; }
  bool isEmpty() const { return Lo > Hi; }
  auto operator<=>(const Interval &) const = default;
};

Interval plus(Interval A, Interval B);
Interval minus(Interval A, Interval B);
/// Of numbers that are known; ranges are given up.
Interval times(Interval A, Interval B);
/// As ir::ExprKind::Rem and Quot.
Interval rem(Interval A, Interval B);
Interval quotient(Interval A, Interval B);
/// K is BitAnd, BitOr, BitXor, Shl or Shr.
Interval bitwise(ir::ExprKind K, Interval A, Interval B);
/// The lower, the higher of the two.
Interval lower(Interval A, Interval B);
Interval higher(Interval A, Interval B);
/// What is in both; empty when nothing is.
Interval meet(Interval A, Interval B);
/// What is less, what is more than some number of B.
Interval below(Interval B);
Interval above(Interval B);

} // namespace heddle::summary

#endif // HEDDLE_SUMMARY_INTERVALS_H
