//===- Program.cpp --------------------------------------------------------===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "link/Program.h"

namespace heddle::link {

Program::Program(ir::Unit Unit)
    : Throwers(settle(Unit)), TheUnit(std::move(Unit)), TheSummaries(TheUnit) {}

} // namespace heddle::link
