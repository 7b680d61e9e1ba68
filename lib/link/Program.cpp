//===- Program.cpp --------------------------------------------------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "link/Program.h"
#include "link/Settle.h"

namespace heddle::link {

static ir::Unit settled(ir::Unit Unit) {
  settle(Unit);
  return Unit;
}

Program::Program(ir::Unit Unit)
    : TheUnit(settled(std::move(Unit))), TheSummaries(TheUnit) {}

} // namespace heddle::link
