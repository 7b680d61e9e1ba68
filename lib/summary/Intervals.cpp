//===- Intervals.cpp - Arithmetic of ranges of numbers --------------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "summary/Intervals.h"
#include <algorithm>

using namespace heddle;
using namespace heddle::summary;
using ir::ExprKind;

/// A + B where Min and Max stay what they are: no bound.
static int64_t addBound(int64_t A, int64_t B) {
  if (A == Interval::Min || A == Interval::Max)
    return A;
  if (B == Interval::Min || B == Interval::Max)
    return B;
  int64_t R;
  if (!__builtin_add_overflow(A, B, &R))
    return R;
  return A < 0 ? Interval::Min : Interval::Max;
}

static int64_t negateBound(int64_t A) {
  if (A == Interval::Min)
    return Interval::Max;
  return A == Interval::Max ? Interval::Min : -A;
}

Interval summary::plus(Interval A, Interval B) {
  return {addBound(A.Lo, B.Lo), addBound(A.Hi, B.Hi)};
}

/// Of numbers that are known; ranges are given up.
Interval summary::times(Interval A, Interval B) {
  int64_t Product;
  if (!A.isExact() || !B.isExact() ||
      __builtin_mul_overflow(A.Lo, B.Lo, &Product))
    return {};
  return Interval::exactly(Product);
}

Interval summary::rem(Interval A, Interval B) {
  if (A.Lo < 0 || B.Lo <= 0 || B.Hi == Interval::Max)
    return {};
  if (A.isExact() && B.isExact())
    return Interval::exactly(A.Lo % B.Lo);
  return {0, B.Hi - 1};
}

Interval summary::quotient(Interval A, Interval B) {
  if (A.Lo < 0 || !B.isExact() || B.Lo <= 0)
    return {};
  return {A.Lo / B.Lo, A.Hi == Interval::Max ? A.Hi : A.Hi / B.Lo};
}

/// Of bits that are known; of others, that `and` gives no more than its mask.
Interval summary::bitwise(ExprKind K, Interval A, Interval B) {
  if (K == ExprKind::BitAnd && A.isExact() != B.isExact()) {
    const Interval Mask = A.isExact() ? A : B;
    return Mask.Lo >= 0 ? Interval{0, Mask.Lo} : Interval();
  }
  if (!A.isExact() || !B.isExact() || A.Lo < 0 || B.Lo < 0)
    return {};
  switch (K) {
  case ExprKind::BitAnd:
    return Interval::exactly(A.Lo & B.Lo);
  case ExprKind::BitOr:
    return Interval::exactly(A.Lo | B.Lo);
  case ExprKind::BitXor:
    return Interval::exactly(A.Lo ^ B.Lo);
  case ExprKind::Shr:
    return Interval::exactly(B.Lo < 63 ? A.Lo >> B.Lo : 0);
  default:
    return B.Lo < 63 ? times(A, Interval::exactly(int64_t(1) << B.Lo))
                     : Interval();
  }
}

Interval summary::lower(Interval A, Interval B) {
  return {std::min(A.Lo, B.Lo), std::min(A.Hi, B.Hi)};
}

Interval summary::higher(Interval A, Interval B) {
  return {std::max(A.Lo, B.Lo), std::max(A.Hi, B.Hi)};
}

Interval summary::minus(Interval A, Interval B) {
  return plus(A, {negateBound(B.Hi), negateBound(B.Lo)});
}

Interval summary::meet(Interval A, Interval B) {
  return {std::max(A.Lo, B.Lo), std::min(A.Hi, B.Hi)};
}

Interval summary::below(Interval B) {
  return {Interval::Min, B.Hi == Interval::Max ? B.Hi : addBound(B.Hi, -1)};
}

Interval summary::above(Interval B) {
  return {B.Lo == Interval::Min ? B.Lo : addBound(B.Lo, 1), Interval::Max};
}
