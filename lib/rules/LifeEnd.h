//===- LifeEnd.h - Where a local object dies -------------------*- C++ -*-===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Role: the ends of lives on a path, for rules about what outlives what. The
// state to ask is that behind the end: a destructor may have waited.
//
//===----------------------------------------------------------------------===//
#ifndef HEDDLE_RULES_LIFEEND_H
#define HEDDLE_RULES_LIFEEND_H

#include "summary/PathGraph.h"

namespace heddle::rules {

/// The local whose life the step before N has ended, by the end of its scope
/// or by its destructor; none when it was another step.
ObjId endedBefore(const ir::Unit &U, const summary::PathGraph &G,
                  const summary::PathNode &N);

/// Where that stands. Requires: endedBefore gives an object for N.
SourceSpan endOf(const ir::Unit &U, const summary::PathGraph &G,
                 const summary::PathNode &N);

} // namespace heddle::rules

#endif // HEDDLE_RULES_LIFEEND_H
