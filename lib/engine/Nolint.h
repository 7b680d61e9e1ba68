//===- Nolint.h - Findings silenced in the source -------------*- C++ -*-===//
//
// Part of the heddle project, under the Apache License v2.0 with LLVM
// Exceptions. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Role: NOLINT, NOLINTNEXTLINE and NOLINTBEGIN ... NOLINTEND with clang-tidy's
// meaning, so that one comment silences a finding in every face. Each may name
// checks in brackets, as a list that engine/Checks.h reads; without brackets it
// means every check. They work wherever they stand in the text, comment or not.
//
// A block begins and ends with the same list; blocks nest. One that is not
// closed, or is closed out of order, silences nothing. Cost: one scan of a
// file, once, when something was found in it.
//
//===----------------------------------------------------------------------===//
#ifndef HEDDLE_ENGINE_NOLINT_H
#define HEDDLE_ENGINE_NOLINT_H

#include "engine/Checks.h"
#include "llvm/ADT/StringMap.h"

namespace heddle::engine {

/// The directives of one file.
class NolintFile {
public:
  explicit NolintFile(llvm::StringRef Text);
  /// A finding of Check at Offset (of Line, from 1) is not to be reported.
  bool silences(llvm::StringRef Check, size_t Offset, unsigned Line) const;

  struct Unmatched {
    size_t Offset;
    bool IsBegin;
  };
  /// Begins without an end and the other way round, in order of discovery.
  const std::vector<Unmatched> &unmatched() const { return Lonely; }

private:
  struct OnLine {
    unsigned Line;
    Checks On;
  };
  struct Block {
    size_t Begin, End;
    Checks On;
  };
  std::vector<OnLine> Lines;
  std::vector<Block> Blocks;
  std::vector<Unmatched> Lonely;
};

} // namespace heddle::engine

#endif // HEDDLE_ENGINE_NOLINT_H
