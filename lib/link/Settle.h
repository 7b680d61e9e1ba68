//===- Settle.h - What is not linked is unknown ---------------*- C++ -*-===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Role: the last step before analysis, for one unit as for a linked program.
// What extraction has left open until it is known whether a callee is seen is
// decided: a target without a body makes its callable open, a call that does
// something only through a body that is not there goes, and so does what was
// noted in case the body is missing and is not needed.
// Ensures: every target has a body, every op is ir::Given::Always. Settling
// twice changes nothing. Cost: linear.
//
//===----------------------------------------------------------------------===//
#ifndef HEDDLE_LINK_SETTLE_H
#define HEDDLE_LINK_SETTLE_H

#include "ir/Skeleton.h"

namespace heddle::link {

/// A call of code that no unit shows and that may throw. It may be gone from
/// its function, when it does nothing else.
struct UnseenThrower {
  SourceSpan Loc;
  BlockId Unwind;
  std::string Name; ///< for messages
};

/// Returns the unseen throwers, by FuncId.
std::vector<std::vector<UnseenThrower>> settle(ir::Unit &U);

} // namespace heddle::link

#endif // HEDDLE_LINK_SETTLE_H
