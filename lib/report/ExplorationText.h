//===- ExplorationText.h - What exploration saw, as text ------*- C++ -*-===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Role: for people who work on the engine: the entries with their states and
// the bounds that were reached, and every fault with its interleaving, whether
// or not a rule reports it.
//
//===----------------------------------------------------------------------===//
#ifndef HEDDLE_REPORT_EXPLORATIONTEXT_H
#define HEDDLE_REPORT_EXPLORATIONTEXT_H

#include "explore/Explorer.h"

namespace heddle::report {

std::string explorationText(const ir::Unit &U, const explore::Exploration &E);

} // namespace heddle::report

#endif // HEDDLE_REPORT_EXPLORATIONTEXT_H
