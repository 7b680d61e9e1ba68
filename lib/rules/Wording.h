//===- Wording.h - The words that findings are made of --------*- C++ -*-===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Role: so that every rule names things and tells paths in the same way.
// Notes are in the order of events: what led there, then the failure.
//
//===----------------------------------------------------------------------===//
#ifndef HEDDLE_RULES_WORDING_H
#define HEDDLE_RULES_WORDING_H

#include "explore/Explorer.h"
#include "link/Program.h"
#include "rules/Rule.h"

namespace heddle::rules {

/// "'wg'"
std::string quoted(const ir::Unit &U, ObjId O);
/// "task 'Work'", "the lambda task", for a task by name.
std::string taskName(const summary::Task &T);
/// The calls that lead to an effect, outermost first.
void noteCalls(const std::vector<SourceSpan> &Via, std::vector<Note> &Notes);
/// Where the tasks are started that start T, and the calls that lead to T.
void noteStarters(const summary::Task &T, std::vector<Note> &Notes);
/// The interleaving that leads to a fault of the exploration, step by step: as
/// notes, and as the finding's witness.
void noteTrace(const explore::Fault &Fault, Finding &Out);
/// The same declared thing: one object, or one member of whatever object.
bool sameDeclaration(const ir::Unit &U, ObjId A, ObjId B);
/// Two places of which one is the other or contains it.
bool overlap(const ir::Unit &U, ObjId A, ObjId B);
/// Function F alone decides what happens to O: its own local or temporary,
/// or, in main, a global that no other unit can name.
bool isOwnedBy(const ir::Unit &U, ObjId O, FuncId F);

} // namespace heddle::rules

#endif // HEDDLE_RULES_WORDING_H
