//===- Extractor.h - From clang's AST to a skeleton -----------*- C++ -*-===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Role: the door between clang and the rest of the checker. Everything after
// it works on the ir::Unit that comes out.
// In: a translation unit, parsed. Broken code is read as far as it goes.
// Out: a unit that ir::verify accepts. Functions of system headers, of the
// modelled libraries themselves, templates and coroutines have no body in it.
// Cost: linear in the user's code; one clang::CFG per function.
//
//===----------------------------------------------------------------------===//
#ifndef HEDDLE_EXTRACT_EXTRACTOR_H
#define HEDDLE_EXTRACT_EXTRACTOR_H

#include "ir/Skeleton.h"
#include "models/Model.h"

namespace clang {
class ASTContext;
}

namespace heddle::extract {

/// Thread-safety: one context is used by one thread; nothing is shared.
ir::Unit extractUnit(clang::ASTContext &Ctx, const models::Model &M);

} // namespace heddle::extract

#endif // HEDDLE_EXTRACT_EXTRACTOR_H
