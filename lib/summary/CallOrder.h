//===- CallOrder.h - Callees before their callers -------------*- C++ -*-===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Role: the order in which functions are summarised. What a function mentions
// comes before it, as far as there is such an order; functions that call each
// other come together.
// Strongly connected components after S. R. Kosaraju and M. Sharir (1981),
// without recursion: user programs can be deep.
//
//===----------------------------------------------------------------------===//
#ifndef HEDDLE_SUMMARY_CALLORDER_H
#define HEDDLE_SUMMARY_CALLORDER_H

#include "summary/Referents.h"

namespace heddle::summary {

struct CallGroup {
  std::vector<FuncId> Functions; ///< in no cycle, one; else those of the cycle
  bool IsRecursive = false;
};

std::vector<CallGroup> bottomUp(const ir::Unit &U, const Referents &Refs);

} // namespace heddle::summary

#endif // HEDDLE_SUMMARY_CALLORDER_H
