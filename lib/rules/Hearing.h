//===- Hearing.h - Whether a starter could hear of its task ---*- C++ -*-===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Role: a task that uses an atomic tells its starter something only if that
// looks: at this atomic, or at what somebody else does who looks at it. A
// starter that neither looks nor waits for anything on its way hears nothing.
// Judged kindly, by operations and not by path: all that stands between the
// spawn and the point in question, in callees too, counts.
// Cost: linear in the function and in what it calls.
//
//===----------------------------------------------------------------------===//
#ifndef HEDDLE_RULES_HEARING_H
#define HEDDLE_RULES_HEARING_H

#include "rules/Rule.h"
#include "summary/PathGraph.h"

namespace heddle::rules {

/// By an atomic, or by a third one who looks at it, the function of G could
/// know at At what its task number Task has done.
bool mayHearByAtomic(const ir::Unit &U, const summary::PathGraph &G,
                     unsigned Task, const summary::PathNode &At);

} // namespace heddle::rules

#endif // HEDDLE_RULES_HEARING_H
