//===- ByName.h - What a task's lambda names of its maker's ----*- C++ -*-===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Role: a lambda that names a variable of the function it stands in, and has no
// copy of it, uses that variable's own storage, a pointer's and a handle's too.
// The events of its task do not always show that: a variable that was copied
// from something goes by the name of that on a path, and what is handed to
// unseen code is no read. Cost: linear in the body of the lambda.
//
//===----------------------------------------------------------------------===//
#ifndef HEDDLE_RULES_BYNAME_H
#define HEDDLE_RULES_BYNAME_H

#include "summary/PathGraph.h"

namespace heddle::rules {

struct NamedUse {
  /// A variable or parameter of G's function; of a pointer or handle that
  /// itself, and not what it refers to.
  ObjId Own;
  SourceSpan Loc;
};

/// The variables of G's function that the lambda names which its task number
/// Task runs, each once, where it does so first. Tasks that a callee starts
/// name none.
std::vector<NamedUse> usesByName(const ir::Unit &U, const summary::PathGraph &G,
                                 unsigned Task);

} // namespace heddle::rules

#endif // HEDDLE_RULES_BYNAME_H
