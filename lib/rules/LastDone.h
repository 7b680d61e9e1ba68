//===- LastDone.h - A Done that ends its function -------------*- C++ -*-===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Role: finds the Done that a function calls as its last deed, not deferred:
// what done-not-deferred looks for and what both it and missing-done repair.
// Cost: linear in the function's blocks.
//
//===----------------------------------------------------------------------===//
#ifndef HEDDLE_RULES_LASTDONE_H
#define HEDDLE_RULES_LASTDONE_H

#include "rules/Rule.h"

namespace heddle::rules {

/// From operation Index of block B on nothing is done but what the ends of
/// scopes do.
bool endsFunction(const ir::Function &F, BlockId B, unsigned Index);

/// The Done at Done can be deferred at the top of its function, and means there
/// what it means here: it is the only one of its counter in the function, and
/// nothing that the function declares is needed to name the counter. None when
/// that is not certain.
std::optional<Deferral> deferralOf(const ir::Unit &U, SourceSpan Done);

} // namespace heddle::rules

#endif // HEDDLE_RULES_LASTDONE_H
