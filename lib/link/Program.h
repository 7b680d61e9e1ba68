//===- Program.h - The program under analysis -----------------*- C++ -*-===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Role: what rules and exploration work on: the skeleton with the summaries of
// its functions. Today a program is one unit; the linker will merge several by
// USR into the same shape, so nothing that reads a Program has to change.
//
//===----------------------------------------------------------------------===//
#ifndef HEDDLE_LINK_PROGRAM_H
#define HEDDLE_LINK_PROGRAM_H

#include "link/Settle.h"
#include "summary/Summary.h"

namespace heddle::link {

class Program {
public:
  /// What Unit does not show is unknown from here on (Settle.h).
  /// Requires: ir::verify(Unit) found nothing.
  explicit Program(ir::Unit Unit);
  Program(const Program &) = delete;
  Program &operator=(const Program &) = delete;

  const ir::Unit &unit() const { return TheUnit; }
  const summary::Summaries &summaries() const { return TheSummaries; }

  const std::vector<UnseenThrower> &unseenThrowers(FuncId F) const {
    return Throwers[F.index()];
  }

private:
  std::vector<std::vector<UnseenThrower>> Throwers; ///< by FuncId
  ir::Unit TheUnit;
  summary::Summaries TheSummaries;
};

} // namespace heddle::link

#endif // HEDDLE_LINK_PROGRAM_H
