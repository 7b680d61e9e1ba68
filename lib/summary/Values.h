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
//===----------------------------------------------------------------------===//
#ifndef HEDDLE_SUMMARY_VALUES_H
#define HEDDLE_SUMMARY_VALUES_H

#include "ir/Skeleton.h"
#include <limits>
#include <optional>
#include <vector>

namespace heddle::summary {

/// A closed interval; the whole range means "unknown".
struct Interval {
  static constexpr int64_t Min = std::numeric_limits<int64_t>::min();
  static constexpr int64_t Max = std::numeric_limits<int64_t>::max();
  int64_t Lo = Min, Hi = Max;

  static Interval exactly(int64_t V) { return {V, V}; }
  bool isExact() const { return Lo == Hi; }
  bool isUnknown() const { return Lo == Min && Hi == Max; }
  auto operator<=>(const Interval &) const = default;
};

class Values {
public:
  Interval get(ObjId O) const;
  /// Forgets the assumptions that mention O.
  void set(ObjId O, Interval V);
  /// set(O, V) where V was computed in a loop: an exact value beyond
  /// ±WidenAt becomes an open interval, so that loops end.
  void setWidening(ObjId O, Interval V);
  /// Forgets O, every part of it, and the assumptions that mention them.
  void havoc(const ir::Unit &U, ObjId O);

  Interval eval(const ir::ExprRef &E) const;
  /// The truth of E when it is certain: by value or by an assumption.
  std::optional<bool> truth(const ir::ExprRef &E) const;
  /// Assumes that E is Truth: narrows intervals, remembers the condition.
  /// Returns false when that cannot be.
  bool assume(const ir::ExprRef &E, bool Truth);

  bool operator==(const Values &O) const;
  size_t hash() const;

  static constexpr int64_t WidenAt = 20;

private:
  std::vector<std::pair<ObjId, Interval>> Known;          // sorted by id
  std::vector<std::pair<ir::ExprRef, bool>> Assumed;      // in order of first use
};

} // namespace heddle::summary

#endif // HEDDLE_SUMMARY_VALUES_H
