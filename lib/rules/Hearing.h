//===- Hearing.h - Whether a starter could hear of its task ---*- C++ -*-===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Role: a task that changes an atomic tells its starter something only if that
// looks: at this atomic, or at what somebody else does who looks at it. A
// starter that neither looks nor waits for anything on its way hears nothing,
// nor does one whose task does no more than look itself.
// Judged kindly, by operations and not by path: all that stands between the
// spawn and the point in question, in callees too, counts.
// Cost: linear in the function and in what it calls.
//
//===----------------------------------------------------------------------===//
#ifndef HEDDLE_RULES_HEARING_H
#define HEDDLE_RULES_HEARING_H

#include "rules/Rule.h"
#include "summary/PathGraph.h"
#include <optional>
#include <set>

namespace heddle::rules {

class Hearing {
public:
  /// Requires: U outlives this and does not change.
  explicit Hearing(const ir::Unit &U) : U(U) {}

  /// By an atomic, or by a third one who looks at it, the function of G could
  /// know at At what its task number Task has done.
  bool mayHearByAtomic(const summary::PathGraph &G, unsigned Task,
                       const summary::PathNode &At);

private:
  const std::set<SourceSpan> &changes();

  const ir::Unit &U;
  /// Where atomics are changed, once somebody has asked.
  std::optional<std::set<SourceSpan>> Changes;
};

} // namespace heddle::rules

#endif // HEDDLE_RULES_HEARING_H
