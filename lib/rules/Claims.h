//===- Claims.h - Which rule a blocked task belongs to --------*- C++ -*-===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Role: the exploration only says that a task waits for ever. Where more is
// known of why, a rule of its own says so, and the general ones (deadlock,
// leaked-task) are silent: one place, one finding.
// Cost: isUnclosedRange looks through all path graphs once per fault.
//
//===----------------------------------------------------------------------===//
#ifndef HEDDLE_RULES_CLAIMS_H
#define HEDDLE_RULES_CLAIMS_H

#include "rules/Wording.h"

namespace heddle::rules {

/// A task is blocked for ever.
bool isBlocked(const explore::Fault &F);
/// nil-channel: everything that is waited for is nil.
bool isNilWait(const explore::Fault &F);
/// unclosed-range: a loop over a channel that nothing in the program closes.
bool isUnclosedRange(const RuleInput &In, const explore::Fault &F);
/// counter-mismatch, or missing-done where a task forgets its Done: a wait for
/// a counter that nobody is left to count down.
bool isShortCount(const explore::Fault &F);
/// One of the above holds for a fault at Loc.
bool isClaimed(const RuleInput &In, SourceSpan Loc);

/// T shares an atomic with others, who may tell or be told by it.
bool usesAtomic(const summary::Task &T);

/// The task ends by itself and is not made to end by the program: it has work
/// to do, not a life as long as the program's.
bool hasWorkToDo(const summary::Task &T);

/// Some path or task closes the channel that O names.
bool isClosedSomewhere(const RuleInput &In, ObjId O);

} // namespace heddle::rules

#endif // HEDDLE_RULES_CLAIMS_H
