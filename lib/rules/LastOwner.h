//===- LastOwner.h - What only the last owner of a thing does --*- C++ -*-===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef HEDDLE_RULES_LASTOWNER_H
#define HEDDLE_RULES_LASTOWNER_H

#include "ir/Skeleton.h"
#include <set>

namespace heddle::rules {

/// The calls that are made on one side only of a branch that goes by what an
/// atomic count came down to: `if (--refs == 0) giveBack();`. Who calls the
/// function that counts down cannot be told to be the last owner: whether such
/// a call happens at one place in particular is not known. By source range.
std::set<SourceSpan> callsOfLastOwners(const ir::Unit &U);

} // namespace heddle::rules

#endif // HEDDLE_RULES_LASTOWNER_H
