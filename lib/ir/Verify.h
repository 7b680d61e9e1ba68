//===- Verify.h - What every skeleton must satisfy ------------*- C++ -*-===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Role: the invariants of ir::Unit, checked. Whoever makes a unit must make one
// that passes; whoever reads one may rely on all of this:
//   - every id that is not none is in range; a span is all zero, or has a file
//     in range and a line, and an end line if and only if an end column;
//   - a part has a base and no cycle of bases, nothing else has one; places are
//     interned; a value or operand fills only the members of its kind;
//   - USRs are not empty and unique; parameters, This and the owner agree;
//   - a body's blocks each end as their terminator's kind says, with targets
//     and unwind blocks of the same function;
//   - an op has the operands that Ops.def says it needs.
// Cost: linear in the unit.
//
//===----------------------------------------------------------------------===//
#ifndef HEDDLE_IR_VERIFY_H
#define HEDDLE_IR_VERIFY_H

#include "ir/Skeleton.h"

namespace heddle::ir {

/// One broken invariant and where it is broken.
struct Complaint {
  ObjId Object; ///< none when it is not about an object's row
  FuncId Function;
  BlockId Block;
  /// Index in the block; the number of ops is the terminator.
  uint32_t Op = 0;
  std::string What;

  /// "@main, block 1, op 3 (lock): needs an object".
  std::string str(const Unit &U) const;
};

/// Everything that is wrong with U; empty when it is sound.
std::vector<Complaint> verify(const Unit &U);

} // namespace heddle::ir

#endif // HEDDLE_IR_VERIFY_H
