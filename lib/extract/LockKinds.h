//===- LockKinds.h - Locks whose initialisation says more -----*- C++ -*-===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Role: a C library's lock is of one type whether its holder may take it again
// or not; how it is initialised decides. A variable or member counts as plain
// where the unit initialises it, and always as a plain lock. Others may be
// recursive, so that nothing is concluded from taking them twice.
//
//===----------------------------------------------------------------------===//
#ifndef HEDDLE_EXTRACT_LOCKKINDS_H
#define HEDDLE_EXTRACT_LOCKKINDS_H

namespace heddle::extract {

class UnitBuilder;

/// Fills UnitBuilder::PlainLocks.
void findPlainLocks(UnitBuilder &B);

} // namespace heddle::extract

#endif // HEDDLE_EXTRACT_LOCKKINDS_H
